package io.understudy.core.simulation;

import java.time.Duration;
import java.util.Random;

/**
 * Dice of a simulation. {@link Random} and {@link StrictMath} give the same numbers on every JDK and machine.
 */
final class Chance {
    private final Random dice;

    Chance(long seed) {
        this.dice = new Random(seed);
    }

    Random dice() {
        return dice;
    }

    boolean happens(double probability) {
        return dice.nextDouble() < probability;
    }

    /** A time until the next of independent events that happen so often (exponential). */
    Duration gap(double perSecond) {
        return seconds(-StrictMath.log(1 - dice.nextDouble()) / perSecond);
    }

    /** A time with this median and a long tail: log-normal with σ = 0.5, and never more than 4.5 times the median. */
    Duration around(Duration median) {
        double gaussian = Math.min(3, dice.nextGaussian());
        return seconds(median.toMillis() / 1_000.0 * StrictMath.exp(0.5 * gaussian));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
