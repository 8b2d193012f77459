package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.health.Health;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.fake.Configured;
import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.fake.ScriptedInput;
import io.understudy.servlet.fake.ScriptedSource;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.relay.BreakableRequest;
import io.understudy.servlet.report.ExchangeRecord;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.Masking;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamFailure;
import io.understudy.servlet.upstream.UpstreamRequest;
import io.understudy.servlet.upstream.UpstreamResponse;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One exchange between a caller and two providers, a before b, all of which the test plays. */
final class ServedExchange {
    /** How many bytes may be held by all together. */
    static final int BUDGET = 1 << 20;

    static final String CONTENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

    final FakeCaller caller = new FakeCaller();
    private final ScriptedInput input = new ScriptedInput();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final BufferBudget budget = new BufferBudget(BUDGET);
    private final List<Called> calls = new ArrayList<>();
    private final List<ExchangeRecord> records = new ArrayList<>();
    private final List<Exchange> ends = new ArrayList<>();
    private final Exchange exchange;
    private @Nullable RuntimeException callDefect;
    private @Nullable RuntimeException reportDefect;
    private int played;

    ServedExchange() {
        this(StreamingSettings.defaults());
    }

    ServedExchange(StreamingSettings streaming) {
        Candidate first = new Candidate("a", "model-a", 1, 0, true, Set.of("chat"));
        Candidate second = new Candidate("b", "model-b", 1, 1, true, Set.of("chat"));
        Settings settings = Configured.impatient(Map.of("gpt", List.of(first, second)), streaming);
        FakeRequest request = FakeRequest.post("/v1/chat/completions");
        InboundRequest inbound = Objects.requireNonNull(Routes.below("/v1").match(request.servlet()));
        AsyncContext context = caller.context(new BreakableRequest(request.servlet(input)));
        exchange = Exchange.of(services(settings), inbound, null, context, Runnable::run, () -> {}, ends::add);
        exchange.start();
    }

    void begin(boolean streamed) throws IOException {
        beginWith("{\"model\":\"gpt\",\"stream\":" + streamed + "}");
    }

    void beginWith(String body) throws IOException {
        input.arrive(body.getBytes(UTF_8));
        input.end();
    }

    void reach(ExchangeTest.Phase phase) throws IOException {
        switch (phase) {
            case READING -> input.arrive("{".getBytes(UTF_8));
            case BEFORE_THE_HEAD -> begin(false);
            case BEFORE_THE_END -> {
                begin(false);
                upstream().head(200, "application/json").text("{");
            }
            case PAUSING -> {
                begin(false);
                upstream().answer(500, "application/json", "{}");
                assertThat(calls).hasSize(1);
            }
            case BEFORE_CONTENT -> {
                begin(true);
                upstream().head(200, "text/event-stream").text(": hi\n\n");
            }
            case STREAMING -> {
                begin(true);
                upstream().head(200, "text/event-stream").text(CONTENT);
                caller.goOn();
            }
        }
    }

    /** The next call that was not played yet. */
    Called upstream() {
        assertThat(calls).hasSizeGreaterThan(played);
        return calls.get(played++);
    }

    /** How many bytes are held now. */
    long held() {
        return budget.used();
    }

    int calls() {
        return calls.size();
    }

    boolean isAborted() {
        return !calls.isEmpty() && calls.get(calls.size() - 1).call.isAborted();
    }

    void refuseCalls(RuntimeException defect) {
        callDefect = defect;
    }

    void failReports(RuntimeException defect) {
        reportDefect = defect;
    }

    /** The caller leaves, and the container notices. */
    void leave() throws IOException {
        input.fail(new IOException("gone"));
        caller.containerEnds();
    }

    void stop() {
        exchange.stop();
    }

    /** The caller takes everything, and the container reports the end. */
    void finish() throws IOException {
        caller.goOn();
        assertThat(caller.completions()).isEqualTo(1);
        caller.containerEnds();
    }

    /** The attempt under way is given up as silent. */
    void runOutOfTime() {
        scheduler.fire();
    }

    ExchangeRecord record() {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    void verifyOver() {
        assertThat(ends).containsExactly(exchange);
        assertThat(records).hasSize(1);
        assertThat(scheduler.pending()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(caller.completions() + caller.dispatches()).isEqualTo(1);
    }

    private Services services(Settings settings) {
        Map<String, Provider> providers = new LinkedHashMap<>();
        settings.providers().forEach((name, provider) -> providers.put(name, played(provider)));
        Ticker ticker = Ticker.system();
        return new Services(
                settings,
                new Failover(
                        FailoverPolicy.defaults(),
                        Health.alwaysAvailable(),
                        ticker,
                        () -> new Random(1),
                        FailoverListener.silent()),
                providers,
                new StateOwners(),
                new HeaderRules(List.of()),
                new Masking(List.of()),
                budget,
                scheduler,
                ticker,
                this::report);
    }

    private void report(ExchangeRecord exchangeRecord) {
        records.add(exchangeRecord);
        if (reportDefect != null) {
            throw reportDefect;
        }
    }

    private Provider played(ProviderSettings provider) {
        UpstreamClient client = new UpstreamClient() {
            @Override
            public UpstreamCall send(UpstreamRequest request, Listener listener) {
                if (callDefect != null) {
                    throw callDefect;
                }
                Called called = new Called(listener);
                calls.add(called);
                return called.call;
            }

            @Override
            public void close() {}
        };
        return new Provider(provider, client, new FailureClassifier(false, List.of()));
    }

    /** A call that a provider has received. */
    static final class Called {
        private final UpstreamClient.Listener listener;
        private final UpstreamCall call = new UpstreamCall();
        private final ScriptedSource body = new ScriptedSource();

        Called(UpstreamClient.Listener listener) {
            this.listener = listener;
        }

        ScriptedSource head(int status, String contentType) {
            listener.answered(new UpstreamResponse(status, Map.of("content-type", List.of(contentType)), false, body));
            return body;
        }

        /** The call is lost after its request has been sent. */
        void lose(Exception cause) {
            listener.failed(new UpstreamFailure(cause, true, false));
        }

        void answer(int status, String contentType, String text) {
            head(status, contentType).text(text).end();
        }
    }
}
