package io.understudy.servlet.inbound;

import static io.understudy.servlet.inbound.ReadBody.LIMIT;
import static io.understudy.servlet.inbound.ReadBody.noise;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyGzipTest {
    private final ReadBody reading = new ReadBody();

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", " gzip "})
    void a_gzip_body_is_inflated(String coding) throws IOException {
        byte[] body = noise(50_000);
        byte[] packed = gzip(body);
        reading.begin("Content-Encoding", coding);
        reading.input.arrive(Arrays.copyOf(packed, 100));
        reading.input.arrive(Arrays.copyOfRange(packed, 100, packed.length));
        reading.input.end();
        assertThat(reading.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT})
    void an_inflated_body_may_be_as_large_as_any_other(int size) throws IOException {
        sendPacked(gzip(new byte[size]));
        assertThat(reading.body()).hasSize(size);
    }

    @Test
    void a_gzip_bomb_is_refused_as_soon_as_it_exceeds_the_limit() throws IOException {
        byte[] bomb = gzip(new byte[50 << 20]);
        assertThat(bomb).hasSizeLessThan(LIMIT);
        sendPacked(bomb);
        reading.assertRefused(413, "request_too_large");
        assertThat(reading.budget.used()).isLessThanOrEqualTo(2 * LIMIT);
    }

    @Test
    void inflating_takes_from_the_budget_too() throws IOException {
        BufferBudget.Share others = reading.budget.share();
        assertThat(others.add(9 * LIMIT)).isTrue();
        sendPacked(gzip(noise(60_000)));
        reading.assertRefused(503, "gateway_overloaded");
        reading.share.release();
        assertThat(reading.budget.used()).isEqualTo(9 * LIMIT);
    }

    @Test
    void what_is_no_gzip_is_refused() throws IOException {
        sendPacked("{\"model\":\"gpt\"}".getBytes(UTF_8));
        reading.assertRefused(400, "invalid_body");
    }

    @Test
    void no_body_at_all_is_no_gzip() throws IOException {
        reading.begin("Content-Encoding", "gzip");
        reading.input.end();
        reading.assertRefused(400, "invalid_body");
    }

    @Test
    void a_gzip_body_that_is_cut_short_or_damaged_is_refused() throws IOException {
        byte[] packed = gzip(noise(1000));
        sendPacked(Arrays.copyOf(packed, packed.length - 5));
        reading.assertRefused(400, "invalid_body");
    }

    @Test
    void a_damaged_checksum_is_refused() throws IOException {
        byte[] packed = gzip(noise(1000));
        packed[packed.length - 8] ^= 1;
        sendPacked(packed);
        reading.assertRefused(400, "invalid_body");
    }

    /** Open Liberty does it, and leaves the headers as they were. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "35"})
    void a_body_that_the_container_has_inflated_is_taken_as_it_is(String announced) throws IOException {
        byte[] body = "{\"model\":\"gpt\"}".getBytes(UTF_8);
        reading.begin("Content-Encoding", "gzip", "Content-Length", announced);
        reading.input.arrive(body);
        reading.input.end();
        assertThat(reading.body()).isEqualTo(body);
    }

    private void sendPacked(byte[] packed) throws IOException {
        reading.begin("Content-Encoding", "gzip", "Content-Length", String.valueOf(packed.length));
        reading.input.arrive(packed);
        reading.input.end();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
