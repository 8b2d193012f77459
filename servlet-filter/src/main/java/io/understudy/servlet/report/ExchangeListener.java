package io.understudy.servlet.report;

/** Is told of every exchange, exactly once, when it has ended; in any thread, and must not block. */
@FunctionalInterface
public interface ExchangeListener {
    /** The exchange has ended. */
    void ended(ExchangeRecord exchange);
}
