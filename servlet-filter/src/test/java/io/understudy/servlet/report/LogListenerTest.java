package io.understudy.servlet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogListenerTest {
    private static final Instant TIME = Instant.parse("2026-11-20T12:00:00.123Z");

    @Test
    void a_line_is_the_record_with_the_fields_of_the_contract_in_their_order() {
        AttemptRecord failed = new AttemptRecord("a", "model-a", "rate_limited", 429, 12, null, false, false);
        AttemptRecord served = new AttemptRecord("b", "model-b", null, 200, 431, 66L, false, false);
        ExchangeRecord exchange = new ExchangeRecord(
                "id-1",
                TIME,
                "chat",
                "chat",
                "gpt",
                "team",
                Outcome.SUCCESS,
                200,
                "b",
                List.of(failed, served),
                70L,
                450L,
                3L,
                5L,
                false,
                null,
                Duration.ZERO);
        assertThat(RecordJson.of(exchange))
                .isEqualTo(
                        """
                        {"requestId":"id-1","time":"2026-11-20T12:00:00.123Z","dialect":"chat","model":"gpt","caller":"team",\
                        "outcome":"success","status":200,"provider":"b","attempts":[\
                        {"provider":"a","model":"model-a","kind":"rate_limited","status":429,"durationMs":12,"absorbed":true},\
                        {"provider":"b","model":"model-b","status":200,"durationMs":431,"absorbed":false}],\
                        "firstTokenMs":70,"durationMs":450,"inputTokens":3,"outputTokens":5}""");
    }

    @Test
    void what_is_not_known_is_left_out() {
        assertThat(RecordJson.of(record(Outcome.REJECTED, null, List.of())))
                .isEqualTo(
                        """
                        {"requestId":"id","time":"2026-11-20T12:00:00.123Z","dialect":"chat","outcome":"rejected",\
                        "attempts":[],"durationMs":1}""");
    }

    @Test
    void a_stream_that_lost_an_event_is_degraded() {
        ExchangeRecord degraded = new ExchangeRecord(
                "id",
                TIME,
                "chat",
                "chat",
                null,
                null,
                Outcome.SUCCESS,
                200,
                "a",
                List.of(),
                null,
                1,
                null,
                null,
                true,
                null,
                Duration.ZERO);
        assertThat(RecordJson.of(degraded)).endsWith(",\"degraded\":true}");
    }

    @Test
    void what_may_cost_twice_and_what_was_tried_before_is_told() {
        AttemptRecord billed = new AttemptRecord("a", "m", "connection", null, 1, null, false, true);
        ExchangeRecord retried = new ExchangeRecord(
                "id",
                TIME,
                "chat",
                "chat",
                null,
                null,
                Outcome.FAILED,
                502,
                null,
                List.of(billed),
                null,
                1,
                null,
                null,
                false,
                2L,
                Duration.ZERO);
        assertThat(RecordJson.of(retried))
                .contains("\"absorbed\":false,\"maybeBilled\":true}")
                .endsWith(",\"callerRetries\":2}");
        assertThat(new ExchangeRecord(
                                "id",
                                TIME,
                                "chat",
                                "chat",
                                null,
                                null,
                                Outcome.SUCCESS,
                                200,
                                "b",
                                List.of(billed),
                                null,
                                1,
                                null,
                                null,
                                false,
                                null,
                                Duration.ZERO)
                        .attempts())
                .containsExactly(new AttemptRecord("a", "m", "connection", null, 1, null, true, true));
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, true", "FAILED, false", "CANCELLED, false", "REJECTED, false"})
    void a_failed_attempt_is_absorbed_only_by_a_success(Outcome outcome, boolean absorbed) {
        AttemptRecord failed = new AttemptRecord("a", "m", "server_error", 500, 1, null, false, false);
        AttemptRecord good = new AttemptRecord("a", "m", null, 200, 1, null, false, false);
        assertThat(record(outcome, null, List.of(failed, good)).attempts())
                .extracting(AttemptRecord::absorbed)
                .containsExactly(absorbed, false);
    }

    @Property(tries = 1000, seed = "20261125")
    void any_text_gives_one_line_of_valid_json(@ForAll String model, @ForAll String provider) throws IOException {
        AttemptRecord attempt = new AttemptRecord(provider, model, "kind", null, 1, null, false, false);
        String line = RecordJson.of(record(Outcome.FAILED, model, List.of(attempt)));
        assertThat(line.chars().noneMatch(c -> c < ' ')).isTrue();
        assertThat(fields(line)).containsEntry("model", model).containsEntry("outcome", "failed");
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, INFO", "FAILED, WARNING", "CANCELLED, INFO", "REJECTED, INFO"})
    void one_line_is_logged_and_a_failure_as_a_warning(Outcome outcome, String level) {
        Logger logger = Logger.getLogger("io.understudy.exchange");
        Kept kept = new Kept();
        logger.addHandler(kept);
        logger.setUseParentHandlers(false);
        try {
            ExchangeRecord exchange = record(outcome, "{0} '{1}'", List.of());
            new LogListener().ended(exchange);
            assertThat(kept.records).hasSize(1);
            assertThat(kept.records.get(0).getLevel()).isEqualTo(Level.parse(level));
            assertThat(kept.records.get(0).getMessage()).isEqualTo(RecordJson.of(exchange));
            assertThat(kept.records.get(0).getParameters()).isNullOrEmpty();
        } finally {
            logger.removeHandler(kept);
            logger.setUseParentHandlers(true);
        }
    }

    private static ExchangeRecord record(Outcome outcome, @Nullable String model, List<AttemptRecord> attempts) {
        return new ExchangeRecord(
                "id",
                TIME,
                "chat",
                "chat",
                model,
                null,
                outcome,
                null,
                null,
                attempts,
                null,
                1,
                null,
                null,
                false,
                null,
                Duration.ZERO);
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
                json.skipChildren();
            }
            assertThat(json.nextToken()).isNull();
        }
        return fields;
    }

    private static final class Kept extends Handler {
        private final List<LogRecord> records = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
