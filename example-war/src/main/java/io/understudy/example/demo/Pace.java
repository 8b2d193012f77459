package io.understudy.example.demo;

import java.time.Duration;
import java.util.Random;

/**
 * How fast a simulated provider speaks.
 *
 * @param firstToken from the call to the first token
 * @param least the shortest pause between two tokens
 * @param most the longest one
 */
record Pace(Duration firstToken, Duration least, Duration most) {
    static Pace millis(long firstToken, long least, long most) {
        return new Pace(Duration.ofMillis(firstToken), Duration.ofMillis(least), Duration.ofMillis(most));
    }

    Duration nextPause(Random random) {
        return least.plusMillis(random.nextInt((int) most.minus(least).toMillis() + 1));
    }
}
