package io.understudy.core.failover;

import io.understudy.core.health.Health;
import io.understudy.core.time.Ticker;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all sessions of one {@link Failover} share. */
record Parts(
        FailoverPolicy policy,
        Health health,
        Ticker ticker,
        Supplier<? extends RandomGenerator> dice,
        FailoverListener listener) {}
