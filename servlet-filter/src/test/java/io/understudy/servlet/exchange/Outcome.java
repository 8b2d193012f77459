package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.dialect.ErrorBody;
import io.understudy.servlet.fake.ScriptedSource;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamFailure;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an upstream does about one call: on the wire, and as the failure that it amounts to. */
sealed interface Outcome {
    /** It happens to a call. */
    void happen(UpstreamClient.Listener listener);

    /** The failure, null for a success. */
    @Nullable
    Failure failure(Provider provider);

    /** A whole answer; headers by lower-case name. */
    record Answer(int status, Map<String, String> headers, String body) implements Outcome {
        @Override
        public void happen(UpstreamClient.Listener listener) {
            Map<String, List<String>> all = new HashMap<>();
            all.put("content-type", List.of("application/json"));
            headers.forEach((name, value) -> all.put(name, List.of(value)));
            listener.answered(new UpstreamResponse(
                    status, all, false, new ScriptedSource().text(body).end()));
        }

        @Override
        public @Nullable Failure failure(Provider provider) {
            if (status >= 400) {
                return provider.classifier()
                        .classify(ErrorBody.read(status, headers, body.getBytes(UTF_8)), Instant.EPOCH);
            }
            return body.startsWith("{") ? null : Failure.of(FailureKind.BAD_ANSWER, "not JSON");
        }
    }

    /** No answer. */
    record Loss(Exception cause, boolean requestWritten, boolean stale) implements Outcome {
        @Override
        public void happen(UpstreamClient.Listener listener) {
            listener.failed(new UpstreamFailure(cause, requestWritten, stale));
        }

        @Override
        public Failure failure(Provider provider) {
            return stale ? Failure.staleConnection(requestWritten, cause) : provider.lost(cause, requestWritten);
        }
    }
}
