package io.understudy.servlet.config;

import java.time.Duration;

/**
 * How long things may take, {@code timeouts}. All are positive. A provider may have its own for the first four.
 *
 * @param connect to a connection, TLS included (5 s)
 * @param firstToken from a streamed attempt's start to its first content (120 s); stretched to the rest of {@code
 *     exchange} when no other candidate is left
 * @param response from a plain attempt's start to its complete answer (600 s); stretched likewise
 * @param idle between two bytes after the first content (60 s)
 * @param exchange from the request to the commit point or the complete plain answer, over all attempts (600 s)
 * @param stalledWrite until a caller that takes nothing counts as gone (60 s)
 */
public record TimeoutSettings(
        Duration connect,
        Duration firstToken,
        Duration response,
        Duration idle,
        Duration exchange,
        Duration stalledWrite) {

    /** The documented defaults. */
    public static TimeoutSettings defaults() {
        return new TimeoutSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(120),
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                Duration.ofSeconds(600),
                Duration.ofSeconds(60));
    }
}
