package io.understudy.servlet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.understudy.servlet.dialect.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as JSON, on one line; what is not known is left out. */
public final class RecordJson {
    private RecordJson() {}

    /** One record. */
    public static String of(ExchangeRecord exchange) {
        return text(json -> write(json, exchange));
    }

    /** An array of records. */
    public static String of(List<ExchangeRecord> exchanges) {
        return text(json -> {
            json.writeStartArray();
            for (ExchangeRecord exchange : exchanges) {
                write(json, exchange);
            }
            json.writeEndArray();
        });
    }

    private static String text(JsonFields.Body body) {
        return new String(JsonFields.write(body), StandardCharsets.UTF_8);
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
        flag(json, "degraded", exchange.degraded());
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
        flag(json, "maybeBilled", attempt.maybeBilled());
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

    private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }
}
