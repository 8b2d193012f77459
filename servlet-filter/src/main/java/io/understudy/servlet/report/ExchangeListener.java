package io.understudy.servlet.report;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Is told of every exchange, exactly once, when it has ended; in any thread, and must not block. */
@FunctionalInterface
public interface ExchangeListener {
    /** The exchange has ended. */
    void ended(ExchangeRecord exchange);

    /** One that tells these, in this order; what one of them throws is logged and keeps nothing from the others. */
    static ExchangeListener all(List<ExchangeListener> listeners) {
        Logger log = System.getLogger("io.understudy.exchange");
        List<ExchangeListener> told = List.copyOf(listeners);
        return exchange -> {
            for (ExchangeListener listener : told) {
                try {
                    listener.ended(exchange);
                } catch (RuntimeException e) {
                    log.log(Level.ERROR, () -> exchange.requestId() + ": " + listener + " failed", e);
                }
            }
        };
    }
}
