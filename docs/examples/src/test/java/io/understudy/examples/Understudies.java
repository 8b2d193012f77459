package io.understudy.examples;

import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.Failure;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The one failover of an application: what it remembers of a provider holds for all calls. */
public final class Understudies implements FailoverListener {
    private static final Logger LOG = System.getLogger("understudies");

    private Understudies() {}

    public static Failover failover() {
        Ticker ticker = Ticker.system();
        LocalHealth health = new LocalHealth(HealthPolicy.defaults(), ticker);
        return new Failover(FailoverPolicy.defaults(), health, ticker, ThreadLocalRandom::current, new Understudies());
    }

    @Override
    public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
        if (failure != null) {
            LOG.log(Level.INFO, "{0}: {1}", attempt.candidate().provider(), failure.message());
        }
    }
}
