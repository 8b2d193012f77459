package io.understudy.benchmark;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.servlet.dialect.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of an error answer to the kind of failure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ClassificationBenchmark {
    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "application/json",
            "retry-after", "2",
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "1.728s",
            "x-request-id", "req_0123456789abcdef");

    private final FailureClassifier classifier = new FailureClassifier(false, List.of());
    private final byte[] limited =
            """
            {
              "error": {
                "message": "Rate limit reached for gpt-4o in organization org-x on requests per min (RPM): \
            Limit 500, Used 500, Requested 1. Please try again in 120ms.",
                "type": "requests",
                "param": null,
                "code": "rate_limit_exceeded"
              }
            }
            """
                    .getBytes(StandardCharsets.UTF_8);
    private final byte[] tooLong =
            """
            {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: \
            213123 tokens > 200000 maximum"},"request_id":"req_0123456789abcdef"}
            """
                    .getBytes(StandardCharsets.UTF_8);

    /** An error with a code of its own. */
    @Benchmark
    public Failure byCode() {
        return classifier.classify(ErrorBody.read(429, HEADERS, limited), Instant.EPOCH);
    }

    /** An error that only its text tells from others. */
    @Benchmark
    public Failure byText() {
        return classifier.classify(ErrorBody.read(400, HEADERS, tooLong), Instant.EPOCH);
    }
}
