package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A driver that performs an exchange in fake time and writes down every step, such as {@code a}, {@code 200ms}, {@code b},
 * {@code EXHAUSTED}; the last line is the end, {@code ok} for a success.
 */
final class Script {
    private final FakeTicker ticker;
    private final Function<Attempt, @Nullable Failure> upstream;
    private final Duration callTime;
    private final List<String> lines = new ArrayList<>();
    private final List<Step.Call> calls = new ArrayList<>();
    private Duration waited = Duration.ZERO;
    private @Nullable FailoverSession session;
    private @Nullable Summary summary;
    private @Nullable AttemptLease lease;

    Script(FakeTicker ticker, Duration callTime, Function<Attempt, @Nullable Failure> upstream) {
        this.ticker = ticker;
        this.callTime = callTime;
        this.upstream = upstream;
    }

    static Candidate candidate(String provider) {
        return new Candidate(provider, "m", 1, 0, true, Set.of("chat"));
    }

    Script run(FailoverSession session) {
        this.session = session;
        Step step = session.start();
        while (lease == null) {
            if (step instanceof Step.Call call) {
                step = perform(session, call);
            } else if (step instanceof Step.Pause pause) {
                lines.add(pause.duration().toMillis() + "ms");
                waited = waited.plus(pause.duration());
                ticker.advance(pause.duration());
                step = session.resume();
            } else if (step instanceof Step.GiveUp end) {
                summary = end.summary();
                lines.add(summary.end().name());
                return this;
            }
        }
        return this;
    }

    private Step perform(FailoverSession session, Step.Call call) {
        calls.add(call);
        lines.add(call.attempt().candidate().provider());
        ticker.advance(callTime.compareTo(call.timeout()) < 0 ? callTime : call.timeout());
        Failure failure = upstream.apply(call.attempt());
        if (failure == null) {
            lines.add("ok");
            lease = session.succeeded(call.attempt());
            return call;
        }
        return session.failed(call.attempt(), failure);
    }

    List<String> lines() {
        return lines;
    }

    List<Step.Call> calls() {
        return calls;
    }

    Duration waited() {
        return waited;
    }

    FailoverSession session() {
        if (session == null) {
            throw new AssertionError("nothing has been run");
        }
        return session;
    }

    Summary summary() {
        if (summary == null) {
            throw new AssertionError("the exchange succeeded");
        }
        return summary;
    }

    AttemptLease lease() {
        if (lease == null) {
            throw new AssertionError("the exchange failed");
        }
        return lease;
    }
}
