package io.understudy.servlet.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** A scheduler in which nothing happens until the test says so, whatever the delay. */
public final class ManualScheduler extends AbstractLifeCycle implements Scheduler {
    private final List<Entry> pending = new ArrayList<>();
    private Duration latestDelay = Duration.ZERO;

    @Override
    public Task schedule(Runnable task, long delay, TimeUnit units) {
        latestDelay = Duration.of(delay, units.toChronoUnit());
        Entry entry = new Entry(task);
        pending.add(entry);
        return entry;
    }

    /** How many tasks are waiting. */
    public int pending() {
        return pending.size();
    }

    /** The delay of what was scheduled last. */
    public Duration latestDelay() {
        return latestDelay;
    }

    /** Runs what is waiting now. */
    public void fire() {
        List<Entry> due = List.copyOf(pending);
        pending.clear();
        due.forEach(entry -> entry.task.run());
    }

    private final class Entry implements Task {
        private final Runnable task;

        Entry(Runnable task) {
            this.task = task;
        }

        @Override
        public boolean cancel() {
            return pending.remove(this);
        }
    }
}
