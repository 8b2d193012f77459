package io.understudy.servlet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.understudy.servlet.dialect.JsonFields;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
            LOG.log(level, line(exchange));
        }
    }

    static String line(ExchangeRecord exchange) {
        return new String(JsonFields.write(json -> write(json, exchange)), StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, ExchangeRecord exchange) throws IOException {
        json.writeStartObject();
        json.writeStringField("requestId", exchange.requestId());
        json.writeStringField("time", exchange.time().toString());
        json.writeStringField("dialect", exchange.dialect());
        string(json, "model", exchange.model());
        string(json, "caller", exchange.caller());
        json.writeStringField("outcome", exchange.outcome().label());
        number(json, "status", exchange.status());
        string(json, "provider", exchange.provider());
        json.writeArrayFieldStart("attempts");
        for (AttemptRecord attempt : exchange.attempts()) {
            write(json, attempt);
        }
        json.writeEndArray();
        number(json, "firstTokenMs", exchange.firstTokenMs());
        json.writeNumberField("durationMs", exchange.durationMs());
        number(json, "inputTokens", exchange.inputTokens());
        number(json, "outputTokens", exchange.outputTokens());
        if (exchange.degraded()) {
            json.writeBooleanField("degraded", true);
        }
        number(json, "callerRetries", exchange.callerRetries());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, AttemptRecord attempt) throws IOException {
        json.writeStartObject();
        json.writeStringField("provider", attempt.provider());
        json.writeStringField("model", attempt.model());
        string(json, "kind", attempt.kind());
        number(json, "status", attempt.status());
        json.writeNumberField("durationMs", attempt.durationMs());
        json.writeBooleanField("absorbed", attempt.absorbed());
        if (attempt.maybeBilled()) {
            json.writeBooleanField("maybeBilled", true);
        }
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value.longValue());
        }
    }
}
