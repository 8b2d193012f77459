package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import io.understudy.core.time.Sleeper;
import java.util.function.Function;

/** The driver that performs an exchange on the calling thread. */
final class BlockingDriver<T> {
    private final FailoverSession session;
    private final Function<? super Throwable, Failure> classifier;
    private final Sleeper sleeper;
    private final BlockingCall<T> upstream;

    BlockingDriver(
            FailoverSession session,
            Function<? super Throwable, Failure> classifier,
            Sleeper sleeper,
            BlockingCall<T> upstream) {
        this.session = session;
        this.classifier = classifier;
        this.sleeper = sleeper;
        this.upstream = upstream;
    }

    private sealed interface Outcome<T> {
        record Answer<T>(T value) implements Outcome<T> {}

        record Next<T>(Step step) implements Outcome<T> {}
    }

    T run() {
        try {
            return drive();
        } finally {
            session.abandon();
        }
    }

    private T drive() {
        Outcome<T> outcome = new Outcome.Next<>(session.start());
        while (outcome instanceof Outcome.Next<T> next) {
            outcome = perform(next.step());
        }
        return ((Outcome.Answer<T>) outcome).value();
    }

    private Outcome<T> perform(Step step) {
        if (step instanceof Step.Call call) {
            return call(call);
        }
        if (step instanceof Step.Pause pause) {
            return pause(pause);
        }
        throw new FailoverException(((Step.GiveUp) step).summary());
    }

    private Outcome<T> call(Step.Call call) {
        T answer;
        try {
            answer = upstream.call(call.attempt().candidate(), call.timeout());
        } catch (Exception thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Next<>(session.failed(call.attempt(), classifier.apply(thrown)));
        }
        session.succeeded(call.attempt()).completed();
        return new Outcome.Answer<>(answer);
    }

    private Outcome<T> pause(Step.Pause pause) {
        try {
            sleeper.sleep(pause.duration());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw FailoverException.interrupted(session.cancelled(), interrupted);
        }
        return new Outcome.Next<>(session.resume());
    }
}
