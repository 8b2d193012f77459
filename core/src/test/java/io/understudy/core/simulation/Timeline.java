package io.understudy.core.simulation;

import io.understudy.core.time.Ticker;
import java.time.Duration;
import java.util.PriorityQueue;

/** Virtual time: a queue of events. The clock jumps from one to the next; those of one moment happen in the order asked for. */
final class Timeline implements Ticker {
    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long numbers;

    @Override
    public long nanos() {
        return now;
    }

    void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), numbers++, action));
    }

    /** Lets time pass until nothing is left to happen. */
    void run() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            now = event.at();
            event.action().run();
        }
    }
}
