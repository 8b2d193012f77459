package io.understudy.servlet.inbound;

import static io.understudy.servlet.inbound.ReadBody.LIMIT;
import static io.understudy.servlet.inbound.ReadBody.noise;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private final ReadBody reading = new ReadBody();

    @Test
    void a_body_is_put_together_from_its_pieces() throws IOException {
        reading.begin();
        reading.input.arrive(bytes("{\"a\""));
        reading.input.arrive(bytes(":1}"));
        assertThat(reading.messages()).isZero();
        reading.input.end();
        assertThat(reading.body()).isEqualTo(bytes("{\"a\":1}"));
        assertThat(reading.budget.used()).isEqualTo(7);
    }

    @Test
    void a_request_without_a_body_has_an_empty_one() throws IOException {
        reading.begin();
        reading.input.end();
        assertThat(reading.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 65_536, LIMIT - 1, LIMIT})
    void a_body_up_to_the_limit_is_taken_whether_or_not_its_length_was_announced(int size) throws IOException {
        byte[] body = noise(size);
        reading.begin();
        reading.input.arrive(body);
        reading.input.end();
        assertThat(reading.body()).isEqualTo(body);
    }

    @Test
    void a_body_arrives_unchanged_in_any_pieces() throws IOException {
        byte[] body = noise(LIMIT);
        reading.begin("Content-Length", String.valueOf(LIMIT));
        Random sizes = new Random(7);
        for (int from = 0; from < LIMIT; ) {
            int to = Math.min(LIMIT, from + 1 + sizes.nextInt(9000));
            reading.input.arrive(Arrays.copyOfRange(body, from, to));
            from = to;
        }
        reading.input.end();
        assertThat(reading.body()).isEqualTo(body);
    }

    @Test
    void one_byte_beyond_the_limit_is_refused_at_once_and_nothing_more_is_read() throws IOException {
        reading.begin();
        reading.input.arrive(noise(LIMIT));
        assertThat(reading.messages()).isZero();
        reading.input.arrive(noise(1));
        reading.assertRefused(413, "request_too_large");
        int taken = reading.input.taken();
        reading.input.arrive(noise(1000));
        reading.input.end();
        assertThat(reading.input.taken()).isEqualTo(taken);
        assertThat(reading.messages()).isEqualTo(1);
    }

    @Test
    void a_length_far_beyond_the_limit_is_refused_before_anything_is_read() {
        reading.begin("Content-Length", String.valueOf(5L * LIMIT));
        reading.assertRefused(413, "request_too_large");
        assertThat(reading.input.isRead()).isFalse();
        assertThat(reading.refusal().message()).contains(String.valueOf(LIMIT)).contains("limits.maxRequestBytes");
    }

    @Test
    void a_length_beyond_the_limit_is_refused_when_all_has_been_thrown_away() throws IOException {
        reading.begin("Content-Length", String.valueOf(LIMIT + 1));
        reading.input.arrive(noise(LIMIT));
        assertThat(reading.messages()).isZero();
        reading.input.arrive(noise(1));
        reading.input.end();
        reading.assertRefused(413, "request_too_large");
        assertThat(reading.budget.used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "x-gzip", "gzip, gzip", "gzip, identity", "utf-8"})
    void other_codings_than_gzip_are_refused_before_anything_is_read(String coding) {
        reading.begin("Content-Encoding", coding);
        reading.assertRefused(415, "unsupported_content_encoding");
        assertThat(reading.input.isRead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", " identity "})
    void identity_is_no_coding(String coding) throws IOException {
        reading.begin("Content-Encoding", coding);
        reading.input.arrive(bytes("{}"));
        reading.input.end();
        assertThat(reading.body()).isEqualTo(bytes("{}"));
    }

    @Test
    void without_room_in_the_budget_the_body_is_refused_and_what_it_held_can_be_given_back() throws IOException {
        BufferBudget.Share others = reading.budget.share();
        assertThat(others.add(9 * LIMIT + 50_000)).isTrue();
        reading.begin();
        reading.input.arrive(noise(50_000));
        reading.input.arrive(noise(1));
        reading.assertRefused(503, "gateway_overloaded");
        reading.share.release();
        assertThat(reading.budget.used()).isEqualTo(9 * LIMIT + 50_000);
    }

    @Test
    void a_caller_who_leaves_is_gone_and_nothing_else_is_heard() throws IOException {
        reading.begin();
        reading.input.arrive(bytes("{"));
        IOException cause = new IOException("reset");
        reading.input.fail(cause);
        reading.input.fail(cause);
        reading.input.end();
        assertThat(reading.departure()).isSameAs(cause);
    }

    @Test
    void an_error_after_the_end_is_not_the_bodys() throws IOException {
        reading.begin();
        reading.input.end();
        reading.input.fail(new IOException("late"));
        assertThat(reading.messages()).isEqualTo(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
