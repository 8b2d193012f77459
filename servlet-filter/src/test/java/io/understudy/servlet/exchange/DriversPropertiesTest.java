package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.CallPolicy;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverException;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.health.Health;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.config.TimeoutSettings;
import io.understudy.servlet.fake.Configured;
import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.fake.ScriptedInput;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.report.AttemptRecord;
import io.understudy.servlet.report.ExchangeRecord;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.Masking;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The filter makes the same calls in the same order as the blocking driver of core, whatever the policy and the outcomes. */
class DriversPropertiesTest {
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    @SuppressWarnings("serial") // Never serialized.
    private static final class Failed extends Exception {
        final Failure failure;

        Failed(Failure failure) {
            this.failure = failure;
        }
    }

    /** Where a scene is played, over several exchanges: each attempt with its kind of failure, then how the exchange ended. */
    private abstract static class Stage implements FailoverListener {
        final Scene scene;
        final List<String> lines = new ArrayList<>();
        final Failover failover;
        private long now;
        private int calls;

        Stage(Scene scene, long seed) {
            this.scene = scene;
            Random dice = new Random(seed);
            Health health =
                    scene.health() == null ? Health.alwaysAvailable() : new LocalHealth(scene.health(), ticker());
            failover = new Failover(scene.policy(), health, ticker(), () -> dice, this);
        }

        Ticker ticker() {
            return () -> now;
        }

        /** What the next call meets; only that takes time, pauses take none. */
        Outcome call() {
            now += scene.callTime().toNanos();
            return scene.outcomes().get(calls++ % scene.outcomes().size());
        }

        @Override
        public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
            String kind = failure == null ? "fine" : failure.kind().label();
            lines.add(attempt.candidate().provider() + " " + attempt.tryNumber() + " " + kind);
        }

        List<String> play() throws IOException {
            for (int i = 0; i < 3; i++) {
                lines.add(exchange() ? "success" : "failure");
            }
            assertThat(lines).hasSize(calls + 3);
            return lines;
        }

        abstract boolean exchange() throws IOException;
    }

    private static Provider provider(String name, UpstreamClient client) {
        return new Provider(Configured.provider(name, ProviderType.OPENAI), client, FailureClassifier.defaults());
    }

    private static final class Blocking extends Stage implements UpstreamClient {
        Blocking(Scene scene, long seed) {
            super(scene, seed);
        }

        @Override
        boolean exchange() {
            CallPolicy terms = new CallPolicy(scene.exchange(), ATTEMPT, thrown -> ((Failed) thrown).failure);
            try {
                return failover.call(scene.candidates(), terms, pause -> {}, (candidate, timeout) -> {
                    Failure failure = call().failure(provider(candidate.provider(), this));
                    if (failure != null) {
                        throw new Failed(failure);
                    }
                    return true;
                });
            } catch (FailoverException failed) {
                return false;
            }
        }

        @Override
        public UpstreamCall send(UpstreamRequest request, Listener listener) {
            throw new UnsupportedOperationException("the calls are made here");
        }

        @Override
        public void close() {}
    }

    private static final class Filter extends Stage implements UpstreamClient {
        private final ManualScheduler scheduler = new ManualScheduler();
        private final List<ExchangeRecord> records = new ArrayList<>();
        private final Services services;

        Filter(Scene scene, long seed) {
            super(scene, seed);
            Settings settings = settings(scene);
            Map<String, Provider> providers = settings.providers().keySet().stream()
                    .collect(Collectors.toMap(Function.identity(), name -> provider(name, this)));
            services = new Services(
                    settings,
                    failover,
                    providers,
                    new StateOwners(),
                    new HeaderRules(List.of()),
                    new Masking(List.of()),
                    new BufferBudget(1 << 20),
                    scheduler,
                    ticker(),
                    records::add);
        }

        private static Settings settings(Scene scene) {
            TimeoutSettings usual = TimeoutSettings.defaults();
            TimeoutSettings timeouts = new TimeoutSettings(
                    usual.connect(), usual.firstToken(), ATTEMPT, usual.idle(), scene.exchange(), usual.stalledWrite());
            return Configured.settings(Map.of("gpt", scene.candidates()), StreamingSettings.defaults(), timeouts);
        }

        @Override
        boolean exchange() throws IOException {
            FakeCaller caller = new FakeCaller();
            ScriptedInput input = new ScriptedInput();
            FakeRequest request = FakeRequest.post("/v1/chat/completions");
            InboundRequest inbound = Objects.requireNonNull(Routes.below("/v1").match(request.servlet()));
            int before = lines.size();
            Exchange.of(services, inbound, null, caller.context(request, input), Runnable::run, () -> {}, ended -> {})
                    .start();
            input.arrive("{\"model\":\"gpt\"}".getBytes(UTF_8));
            input.end();
            while (caller.status() == 0) {
                assertThat(scheduler.pending()).isPositive();
                scheduler.fire();
            }
            caller.goOn();
            caller.containerEnds();
            return succeeded(records.get(records.size() - 1), lines.subList(before, lines.size()));
        }

        /** The record says the same as the listener was told. */
        private static boolean succeeded(ExchangeRecord exchange, List<String> told) {
            assertThat(exchange.attempts())
                    .extracting(attempt -> attempt.provider() + " " + kind(attempt))
                    .isEqualTo(told.stream()
                            .map(line -> line.replaceFirst(" \\d+", ""))
                            .toList());
            return exchange.outcome() == ExchangeRecord.Outcome.SUCCESS;
        }

        private static String kind(AttemptRecord attempt) {
            return attempt.kind() == null ? "fine" : attempt.kind();
        }

        @Override
        public UpstreamCall send(UpstreamRequest request, Listener listener) {
            call().happen(listener);
            return new UpstreamCall();
        }

        @Override
        public void close() {}
    }

    @Property(tries = 500, seed = "23", edgeCases = EdgeCasesMode.NONE)
    void the_filter_makes_the_same_calls_as_the_blocking_driver(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) throws IOException {
        assertThat(new Filter(scene, seed).play()).isEqualTo(new Blocking(scene, seed).play());
    }
}
