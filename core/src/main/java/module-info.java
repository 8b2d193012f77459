/** The failover decision: candidates, weighted order, backoff, classification, health. No I/O, no dependencies. */
module io.understudy.core {
    requires static transitive org.jspecify;

    exports io.understudy.core.backoff;
    exports io.understudy.core.candidate;
    exports io.understudy.core.failover;
    exports io.understudy.core.failure;
    exports io.understudy.core.health;
    exports io.understudy.core.time;
}
