package io.understudy.servlet.report;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Writes one line of JSON per exchange: at {@code INFO}, and at {@code WARNING} if the caller got an error from the
 * providers.
 */
public final class LogListener implements ExchangeListener {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");

    @Override
    public void ended(ExchangeRecord exchange) {
        Level level = exchange.outcome() == ExchangeRecord.Outcome.FAILED ? Level.WARNING : Level.INFO;
        if (LOG.isLoggable(level)) {
            LOG.log(level, RecordJson.of(exchange));
        }
    }
}
