package io.understudy.core.health;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for calls under way at one provider. Thread-safe.
 *
 * @param bound how many there are
 * @param taken how many are taken; more than there are if there were more before
 */
record Slots(int bound, AtomicInteger taken) {
    static Slots free(int bound) {
        return new Slots(bound, new AtomicInteger());
    }

    /** The same places, of which there are more or fewer now. */
    Slots withBound(int newBound) {
        return new Slots(newBound, taken);
    }

    boolean areTaken() {
        return taken.get() >= bound;
    }

    /** Takes one, if there is one. */
    boolean take() {
        int before = taken.getAndUpdate(count -> count < bound ? count + 1 : count);
        return before < bound;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}
