package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.AttemptLease;
import io.understudy.core.failover.Step;
import io.understudy.core.failover.Summary;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.time.Deadline;
import io.understudy.servlet.config.TimeoutSettings;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import io.understudy.servlet.upstream.Provider;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one exchange, one after another: asks the failover session what to do, does it, and says what came of it.
 * Runs in the exchange's loop.
 */
final class Calls implements UpstreamAttempt.Listener {
    /** Hears, once unless the calls are cancelled, what came of them. */
    interface Result {
        /** A provider gave a whole answer. */
        void answered(UpstreamAttempt served, UpstreamAnswer answer, AnswerReading reading);

        /** A provider's stream has reached its commit point; what the gate holds of it counts until it is given back. */
        void committed(
                UpstreamAttempt served, StreamOpening.Stream stream, AttemptLease lease, BufferBudget.Share held);

        /** The first provider is about to be called, if it ever comes to that. */
        void leaving();

        /** Whoever was called answers the caller past us, and will have done so with this status. */
        void passing(UpstreamAttempt served, AttemptLease lease, IntSupplier status);

        /** Nobody is left. */
        void givenUp(FailureAnswer answer);

        /** The gateway has no room for an answer. */
        void noRoom();
    }

    private final Services services;
    private final InboundRequest request;
    private final Asked asked;
    private final Turns turns;
    private final SerialLoop loop;
    private final Timers timers;
    private final Journal journal;
    private final Result result;

    private BufferBudget.Share held;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable UpstreamAnswer lastAnswer;
    private boolean connectionWasStale;
    private boolean deciding = true;
    private boolean left;

    Calls(
            Services services,
            InboundRequest request,
            Asked asked,
            Deadline deadline,
            SerialLoop loop,
            Timers timers,
            Journal journal,
            Result result) {
        this.services = services;
        this.request = request;
        this.asked = asked;
        this.turns = new Turns(services.failover(), asked, deadline, longestAttempt(services, asked));
        this.loop = loop;
        this.timers = timers;
        this.journal = journal;
        this.result = result;
        this.held = services.budget().share();
    }

    void start() {
        step(turns.start());
    }

    /** Ends them without a result: nobody is blamed. */
    void cancel() {
        if (attempt != null) {
            attempt.cancel();
            journal.failed(attempt, Failure.of(FailureKind.CANCELLED, "the caller went away"));
        }
        if (deciding) {
            turns.cancelled();
        }
        settled();
    }

    /** Gives back what is still held of an answer. */
    void release() {
        held.release();
    }

    private void step(Step step) {
        if (step instanceof Step.Call call) {
            call(call);
        } else if (step instanceof Step.Pause pause) {
            journal.overhead().stop();
            timers.start(Timer.PAUSE, pause.duration(), this::resume);
        } else if (step instanceof Step.GiveUp giveUp) {
            giveUp(giveUp.summary());
        }
    }

    private void resume() {
        journal.overhead().goOn();
        step(turns.resume());
    }

    private void call(Step.Call call) {
        Candidate candidate = call.attempt().candidate();
        Provider provider = provider(services, candidate);
        if (!left && !provider.client().needsContainersThread()) {
            left = true;
            result.leaving();
        }
        held.release();
        held = services.budget().share();
        UpstreamAttempt started = new UpstreamAttempt(
                call.attempt(), provider, request.endpoint(), services.settings(), asked, loop, held, this);
        attempt = started;
        Duration own = ownTimeout(provider, asked.streamed());
        Duration timeout = call.last() || own.compareTo(call.timeout()) > 0 ? call.timeout() : own;
        timers.start(
                Timer.ATTEMPT, timeout, () -> started.timedOut(asked.streamed() ? "first token" : "complete answer"));
        started.start(OutgoingRequest.of(services, request, asked, provider, candidate, connectionWasStale));
        journal.overhead().stop();
    }

    @Override
    public void failed(UpstreamAttempt failed, Failure failure, @Nullable UpstreamAnswer answer) {
        journal.overhead().goOn();
        timers.stop(Timer.ATTEMPT);
        attempt = null;
        lastAnswer = answer;
        if (answer == null) {
            held.release();
        }
        connectionWasStale = failure.stale();
        journal.failed(failed, failure);
        step(turns.failed(failed.attempt(), failure, failed.judgement().said()));
    }

    @Override
    public void answered(UpstreamAttempt served, UpstreamAnswer answer, AnswerReading reading) {
        journal.overhead().goOn();
        settled();
        turns.succeeded(served.attempt()).completed();
        result.answered(served, answer, reading);
    }

    @Override
    public void committed(UpstreamAttempt served, StreamOpening.Stream stream) {
        journal.overhead().goOn();
        settled();
        result.committed(served, stream, turns.succeeded(served.attempt()), held);
    }

    @Override
    public void passing(UpstreamAttempt served, IntSupplier status) {
        settled();
        result.passing(served, turns.succeeded(served.attempt()), status);
    }

    @Override
    public void noRoom() {
        result.noRoom();
    }

    private void giveUp(Summary summary) {
        settled();
        result.givenUp(FailureAnswer.of(summary, lastAnswer, turns.isMissing()));
    }

    /** Nothing more is decided: what is left is to tell the caller. */
    private void settled() {
        deciding = false;
        attempt = null;
        timers.stop(Timer.ATTEMPT);
        timers.stop(Timer.PAUSE);
    }

    private static Duration longestAttempt(Services services, Asked asked) {
        return asked.candidates().stream()
                .map(candidate -> ownTimeout(provider(services, candidate), asked.streamed()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static Duration ownTimeout(Provider provider, boolean streamed) {
        TimeoutSettings timeouts = provider.settings().timeouts();
        return streamed ? timeouts.firstToken() : timeouts.response();
    }

    private static Provider provider(Services services, Candidate candidate) {
        return Objects.requireNonNull(services.providers().get(candidate.provider()));
    }
}
