package io.understudy.core.simulation;

import java.time.Duration;

/** A limit of so many requests per second, that lets as many more through at once as have not been used. */
final class TokenBucket {
    private final double perSecond;
    private final double most;
    private double tokens;
    private long filledAt;

    TokenBucket(double perSecond, double most) {
        this.perSecond = perSecond;
        this.most = most;
        this.tokens = most;
    }

    boolean take(long now) {
        tokens = Math.min(most, tokens + (now - filledAt) / 1e9 * perSecond);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long until the next token, in whole seconds as an upstream says it. */
    Duration refill(long now) {
        return Duration.ofSeconds((long) StrictMath.ceil((1 - tokens) / perSecond));
    }
}
