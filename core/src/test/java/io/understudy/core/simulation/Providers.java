package io.understudy.core.simulation;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import java.time.Duration;

/** Upstreams in health and in trouble. The first content of an answer takes half a second, more or less. */
final class Providers {
    private static final Duration USUAL = Duration.ofMillis(500);
    private static final Failure DOWN = Failure.of(FailureKind.OVERLOADED, 503, "down");
    private static final Failure BROKEN = Failure.of(FailureKind.SERVER_ERROR, 500, "broken");
    private static final Failure LIMITED = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
    private static final Failure CUT = Failure.of(FailureKind.CONNECTION, "cut");

    private Providers() {}

    static SimulatedProvider healthy(Chance chance) {
        return now -> Answer.success(chance.around(USUAL));
    }

    /** Twenty times slower, and one call in twenty is never answered. */
    static SimulatedProvider slow(Trouble trouble, Chance chance) {
        return now -> chance.happens(0.05) ? Answer.never() : Answer.success(chance.around(USUAL.multipliedBy(20)));
    }

    /** Answers 503 while in trouble. */
    static SimulatedProvider down(Trouble trouble, Chance chance) {
        SimulatedProvider healthy = healthy(chance);
        return now -> trouble.isOn(now) ? Answer.error(DOWN) : healthy.answer(now);
    }

    /** Answers 500 to three calls in ten while in trouble. */
    static SimulatedProvider brownOut(Trouble trouble, Chance chance) {
        SimulatedProvider healthy = healthy(chance);
        return now -> trouble.isOn(now) && chance.happens(0.3) ? Answer.error(BROKEN) : healthy.answer(now);
    }

    /** Answers two requests per second, ten more at once, and 429 with {@code Retry-After} to all others. */
    static SimulatedProvider limited(Trouble trouble, Chance chance) {
        SimulatedProvider healthy = healthy(chance);
        TokenBucket bucket = new TokenBucket(2, 10);
        return now -> bucket.take(now) ? healthy.answer(now) : Answer.error(LIMITED.withRetryAfter(bucket.refill(now)));
    }

    /**
     * Takes calls in but answers none while in trouble, and cuts all their connections at once when it starts anew; from
     * then on it works off 1,000 calls per second, and answers 503 to those that would wait longer than 10 s.
     */
    static SimulatedProvider restarting(Trouble trouble, Chance chance) {
        SimulatedProvider healthy = healthy(chance);
        WorkQueue queue = new WorkQueue(1_000, Duration.ofSeconds(10));
        return now -> {
            if (trouble.isOn(now)) {
                return new Answer(trouble.remaining(now), CUT);
            }
            Duration waiting = queue.waiting(now);
            return queue.enter(now)
                    ? Answer.success(waiting.plus(healthy.answer(now).after()))
                    : Answer.error(DOWN);
        };
    }
}
