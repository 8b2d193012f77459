package io.understudy.servlet.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ScriptedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** A body being read, and everything that is heard of it. */
final class ReadBody implements RequestBody.Listener {
    static final int LIMIT = 100_000;

    final ScriptedInput input = new ScriptedInput();
    final BufferBudget budget = new BufferBudget(10 * LIMIT);
    final BufferBudget.Share share = budget.share();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<ApiError> refusals = new ArrayList<>();
    private final List<Throwable> departures = new ArrayList<>();

    /** Begins to read; headers as name, value, name, value, … */
    void begin(String... headers) {
        FakeRequest request = FakeRequest.post("/v1/chat/completions");
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        InboundRequest inbound = Objects.requireNonNull(Routes.below("/v1").match(request.servlet()));
        RequestBody.read(input, inbound, new RequestBody.Limits(LIMIT, share), this);
    }

    /** How often anything was heard. */
    int messages() {
        return bodies.size() + refusals.size() + departures.size();
    }

    /** The body, which is all that was heard. */
    byte[] body() {
        assertThat(messages()).isEqualTo(1);
        assertThat(bodies).hasSize(1);
        return bodies.get(0);
    }

    /** The error, which is all that was heard. */
    ApiError refusal() {
        assertThat(messages()).isEqualTo(1);
        assertThat(refusals).hasSize(1);
        return refusals.get(0);
    }

    /** Why the caller left, which is all that was heard. */
    Throwable departure() {
        assertThat(messages()).isEqualTo(1);
        assertThat(departures).hasSize(1);
        return departures.get(0);
    }

    void assertRefused(int status, String code) {
        assertThat(refusal())
                .extracting(ApiError::status, ApiError::code, ApiError::callersFault)
                .containsExactly(status, code, status < 500);
    }

    /** Bytes that can't be compressed, the same for the same size. */
    static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void read(byte[] body) {
        bodies.add(body);
    }

    @Override
    public void refused(ApiError error) {
        refusals.add(error);
    }

    @Override
    public void gone(Throwable cause) {
        departures.add(cause);
    }
}
