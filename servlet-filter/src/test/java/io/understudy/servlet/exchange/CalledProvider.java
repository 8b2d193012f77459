package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Attempt;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.servlet.affinity.Binding;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.CommitOn;
import io.understudy.servlet.config.OnBreak;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.dialect.Dialects;
import io.understudy.servlet.dialect.Endpoint;
import io.understudy.servlet.dialect.StateReferences;
import io.understudy.servlet.fake.Configured;
import io.understudy.servlet.fake.ScriptedSource;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamBody;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamFailure;
import io.understudy.servlet.upstream.UpstreamRequest;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at a provider that the test plays, and its verdict. */
final class CalledProvider implements UpstreamClient, UpstreamAttempt.Listener {
    static final int BUDGET = 512 * 1024;

    final ScriptedSource body = new ScriptedSource();
    private final List<Throwable> defects = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();
    private final Candidate candidate = Configured.candidate("a", "model-a");
    private final Settings settings;
    private final UpstreamCall call = new UpstreamCall();
    private UpstreamClient.@Nullable Listener listener;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable Failure failure;
    private @Nullable UpstreamAnswer answer;
    private @Nullable AnswerReading reading;
    private StreamOpening.@Nullable Stream stream;

    CalledProvider() {
        this(CommitOn.FIRST_CONTENT);
    }

    CalledProvider(CommitOn commitOn) {
        StreamingSettings streaming = new StreamingSettings(commitOn, Duration.ofSeconds(15), OnBreak.ERROR, false);
        this.settings = Configured.settings(Map.of("gpt", List.of(candidate)), streaming);
    }

    /** Calls it. */
    void call(boolean streamed) {
        Endpoint chat = Dialects.endpoints().stream()
                .filter(endpoint -> endpoint.matches("POST", "/chat/completions"))
                .findFirst()
                .orElseThrow();
        Binding unbound = Binding.of(StateReferences.NONE, new StateOwners(), Set.of());
        UpstreamAttempt started = new UpstreamAttempt(
                new Attempt(1, candidate, 1),
                new Provider(
                        Configured.provider("a", ProviderType.OPENAI), this, new FailureClassifier(false, List.of())),
                chat,
                settings,
                new Asked(new byte[0], null, "gpt", streamed, List.of(candidate), unbound, null),
                new SerialLoop(defects::add),
                new BufferBudget(BUDGET).share(),
                this);
        attempt = started;
        started.start(new UpstreamRequest(
                "POST", URI.create("https://api.test"), Map.of(), UpstreamBody.none(), Duration.ofHours(1), false));
    }

    /** The head of its answer comes; headers as name, value, name, value, … */
    void head(int status, String contentType, String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("content-type", List.of(contentType));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        Objects.requireNonNull(listener).answered(new UpstreamResponse(status, all, false, body));
    }

    /** The call fails before the head of an answer. */
    void lose(Throwable cause, boolean requestWritten, boolean stale) {
        Objects.requireNonNull(listener).failed(new UpstreamFailure(cause, requestWritten, stale));
    }

    void timeOut() {
        Objects.requireNonNull(attempt).timedOut("first token");
    }

    void cancel() {
        Objects.requireNonNull(attempt).cancel();
    }

    boolean isAborted() {
        return call.isAborted();
    }

    /** {@code none}, {@code answered}, {@code committed}, or the kind of the failure. */
    String verdict() {
        return verdicts.isEmpty() ? "none" : verdicts.get(0);
    }

    Failure failure() {
        return Objects.requireNonNull(failure, "no failure");
    }

    @Nullable
    UpstreamAnswer answer() {
        return answer;
    }

    @Nullable
    AnswerReading reading() {
        return reading;
    }

    /** What the gate of a committed stream lets out. */
    String held() {
        StringBuilder text = new StringBuilder();
        Objects.requireNonNull(stream, "not committed")
                .gate()
                .release()
                .forEach(event -> text.append(new String(event, UTF_8)));
        return text.toString();
    }

    void verify() {
        assertThat(defects).isEmpty();
        assertThat(verdicts).hasSizeLessThanOrEqualTo(1);
        assertThat(body.kept()).isZero();
    }

    @Override
    public UpstreamCall send(UpstreamRequest request, UpstreamClient.Listener caller) {
        listener = caller;
        return call;
    }

    @Override
    public void close() {}

    @Override
    public void failed(UpstreamAttempt failed, Failure why, @Nullable UpstreamAnswer given) {
        verdicts.add(why.kind().label());
        failure = why;
        answer = given;
    }

    @Override
    public void answered(UpstreamAttempt served, UpstreamAnswer given, AnswerReading read) {
        verdicts.add("answered");
        answer = given;
        reading = read;
    }

    @Override
    public void committed(UpstreamAttempt served, StreamOpening.Stream begun) {
        verdicts.add("committed");
        stream = begun;
    }

    @Override
    public void passing(UpstreamAttempt attempt, IntSupplier status) {
        throw new AssertionError("no provider answers past the gateway");
    }

    @Override
    public void noRoom() {
        verdicts.add("no room");
        cancel();
    }
}
