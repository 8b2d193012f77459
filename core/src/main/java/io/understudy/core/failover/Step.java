package io.understudy.core.failover;

import java.time.Duration;

/** What the driver of an exchange does next. */
public sealed interface Step {
    /**
     * Call a candidate, then tell the session how it went.
     *
     * @param attempt the call to make
     * @param timeout how long to wait for the answer
     * @param last    whether no other candidate is left
     */
    record Call(Attempt attempt, Duration timeout, boolean last) implements Step {}

    /**
     * Wait, then resume the session.
     *
     * @param duration how long, always positive
     */
    record Pause(Duration duration) implements Step {}

    /**
     * Tell the caller; the session is over.
     *
     * @param summary what happened
     */
    record GiveUp(Summary summary) implements Step {}
}
