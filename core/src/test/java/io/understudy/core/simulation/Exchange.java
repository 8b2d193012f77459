package io.understudy.core.simulation;

import io.understudy.core.failover.FailoverSession;
import io.understudy.core.failover.Step;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One caller's request, driven in virtual time. */
final class Exchange {
    private static final Failure LATE = Failure.of(FailureKind.TIMEOUT, "late");

    private final int gateway;
    private final FailoverSession session;
    private final Map<String, SimulatedProvider> providers;
    private final Timeline timeline;
    private final Measurement measurement;
    private final long began;

    Exchange(
            int gateway,
            FailoverSession session,
            Map<String, SimulatedProvider> providers,
            Timeline timeline,
            Measurement measurement) {
        this.gateway = gateway;
        this.session = session;
        this.providers = providers;
        this.timeline = timeline;
        this.measurement = measurement;
        this.began = timeline.nanos();
    }

    void run() {
        perform(session.start());
    }

    private void perform(Step step) {
        if (step instanceof Step.Call call) {
            call(call);
        } else if (step instanceof Step.Pause pause) {
            timeline.after(pause.duration(), () -> perform(session.resume()));
        } else {
            measurement.failed(began);
        }
    }

    private void call(Step.Call call) {
        String provider = call.attempt().candidate().provider();
        long now = timeline.nanos();
        measurement.called(provider, now);
        Answer answer = Objects.requireNonNull(providers.get(provider)).answer(now);
        boolean late = answer.after().compareTo(call.timeout()) > 0;
        timeline.after(late ? call.timeout() : answer.after(), () -> ended(call, now, late ? LATE : answer.failure()));
    }

    private void ended(Step.Call call, long calledAt, @Nullable Failure failure) {
        long now = timeline.nanos();
        String provider = call.attempt().candidate().provider();
        measurement.callEnded(provider, now);
        if (failure != null) {
            perform(session.failed(call.attempt(), failure));
            return;
        }
        session.succeeded(call.attempt()).completed();
        measurement.succeeded(began, now);
        if (provider.equals(Scenario.SICK)) {
            measurement.sickServed(gateway, calledAt, now);
        }
    }
}
