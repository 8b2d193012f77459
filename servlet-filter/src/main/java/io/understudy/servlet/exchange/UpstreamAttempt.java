package io.understudy.servlet.exchange;

import io.understudy.core.failover.Attempt;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.dialect.Endpoint;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.relay.Unread;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamFailure;
import io.understudy.servlet.upstream.UpstreamRequest;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from its call to its verdict: failed, answered whole, or committed to its stream. After the verdict it
 * says nothing more. Runs in the exchange's loop.
 */
final class UpstreamAttempt implements UpstreamClient.Listener, StreamOpening.Listener {
    /** Hears the verdict, exactly once unless the attempt is cancelled. */
    interface Listener {
        /** The attempt failed; the answer is there if the upstream gave one. */
        void failed(UpstreamAttempt attempt, Failure failure, @Nullable UpstreamAnswer answer);

        /** The attempt brought a whole answer. */
        void answered(UpstreamAttempt attempt, UpstreamAnswer answer, AnswerReading reading);

        /** The attempt's stream has reached its commit point. */
        void committed(UpstreamAttempt attempt, StreamOpening.Stream stream);

        /** Whoever was called answers the caller past us, and will have done so with this status. */
        void passing(UpstreamAttempt attempt, IntSupplier status);

        /** There is no room for the attempt's answer, which is not the provider's fault. */
        void noRoom();
    }

    private final Attempt attempt;
    private final Provider provider;
    private final Endpoint endpoint;
    private final Settings settings;
    private final Asked asked;
    private final SerialLoop loop;
    private final BufferBudget.Share held;
    private final Listener listener;
    private final Judgement judgement;
    private final long startedNanos = System.nanoTime();

    private @Nullable UpstreamCall call;
    private volatile @Nullable UpstreamResponse arrived;
    private @Nullable UpstreamResponse response;
    private @Nullable StreamOpening opening;
    private boolean done;

    UpstreamAttempt(
            Attempt attempt,
            Provider provider,
            Endpoint endpoint,
            Settings settings,
            Asked asked,
            SerialLoop loop,
            BufferBudget.Share held,
            Listener listener) {
        this.attempt = attempt;
        this.provider = provider;
        this.endpoint = endpoint;
        this.settings = settings;
        this.asked = asked;
        this.loop = loop;
        this.held = held;
        this.listener = listener;
        this.judgement = new Judgement(provider, asked.streamed());
    }

    void start(UpstreamRequest request) {
        call = provider.client().send(request, this);
    }

    Attempt attempt() {
        return attempt;
    }

    Provider provider() {
        return provider;
    }

    /** The handle by which the call is ended. */
    UpstreamCall call() {
        return Objects.requireNonNull(call, "not started");
    }

    long elapsedMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** The status of the answer, null if there is none yet. */
    @Nullable
    Integer status() {
        UpstreamResponse head = response;
        return head == null ? null : head.status();
    }

    /** What it is taken for. */
    Judgement judgement() {
        return judgement;
    }

    /** Ends it without a verdict, even if its call could not be started. */
    void cancel() {
        end();
        UpstreamCall started = call;
        if (started != null) {
            started.abort(new CancellationException("the caller went away"));
        }
    }

    /** Ends it because it took too long. */
    void timedOut(String what) {
        fail(Failure.of(FailureKind.TIMEOUT, "no " + what + " in time"), null);
    }

    @Override
    public void answered(UpstreamResponse head) {
        arrived = head;
        loop.execute(() -> {
            if (done) {
                return;
            }
            response = head;
            if (head.forCaller() && isRedirect(head.status())) {
                read(head, this::turnedAway);
            } else if (head.status() < 200 || isRedirect(head.status())) {
                Unread.giveBack(head.content());
                fail(Judgement.bad("status " + head.status() + " is no answer"), null);
            } else if (head.status() >= 400) {
                read(head, this::errorAnswer);
            } else if (asked.streamed() && !head.mediaType().equals("application/json")) {
                open(head);
            } else {
                read(head, this::wholeAnswer);
            }
        });
    }

    @Override
    public void failed(UpstreamFailure failure) {
        loop.execute(() -> {
            if (failure.stale()) {
                fail(Failure.staleConnection(failure.requestWritten(), failure.cause()), null);
            } else {
                lost(failure.cause(), failure.requestWritten());
            }
        });
    }

    @Override
    public void passing(IntSupplier status, Consumer<Boolean> accepted) {
        loop.execute(() -> {
            accepted.accept(!done);
            if (!done) {
                done = true;
                listener.passing(this, status);
            }
        });
    }

    @Override
    public void committed(StreamOpening.Stream stream) {
        done = true;
        listener.committed(this, stream);
    }

    @Override
    public void error(ErrorFacts facts) {
        fail(judgement.error(facts), null);
    }

    @Override
    public void empty() {
        fail(Judgement.bad("the stream ended before it had content"), null);
    }

    @Override
    public void lost(Throwable cause) {
        lost(cause, true);
    }

    private void open(UpstreamResponse head) {
        StreamReader reader = endpoint.dialect().newStream();
        StreamOpening started = new StreamOpening(head, asked, reader, settings, held, loop, this);
        opening = started;
        started.start();
    }

    private void read(UpstreamResponse head, Consumer<UpstreamAnswer> judge) {
        AnswerBody.read(head, settings.limits().maxResponseBytes(), held, loop, new AnswerBody.Listener() {
            @Override
            public void whole(UpstreamAnswer answer) {
                if (!done) {
                    judge.accept(answer);
                }
            }

            @Override
            public void lost(Throwable cause) {
                UpstreamAttempt.this.lost(cause, true);
            }

            @Override
            public void tooLong() {
                fail(Judgement.bad("the answer is larger than limits.maxResponseBytes"), null);
            }

            @Override
            public void noRoom() {
                if (!done) {
                    listener.noRoom();
                }
            }
        });
    }

    private void errorAnswer(UpstreamAnswer answer) {
        fail(judgement.error(answer.facts()), answer);
    }

    private void turnedAway(UpstreamAnswer answer) {
        fail(Judgement.turnedAway(answer.status()), answer);
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    private void wholeAnswer(UpstreamAnswer answer) {
        AnswerReading reading = endpoint.dialect().read(endpoint.operation(), answer.body());
        Failure failure = judgement.success(answer, reading);
        if (failure == null) {
            done = true;
            listener.answered(this, answer, reading);
        } else {
            fail(failure, reading.error() == null ? null : answer);
        }
    }

    private void lost(Throwable cause, boolean requestWritten) {
        fail(judgement.lost(cause, requestWritten), null);
    }

    private void fail(Failure failure, @Nullable UpstreamAnswer answer) {
        if (!done) {
            end();
            // Closes the connection unless the answer has been read to its end.
            call().abort(new TimeoutException(failure.message()));
            listener.failed(this, failure, answer);
        }
    }

    /** Nothing more is read; what has come and was not looked at yet goes back. */
    private void end() {
        done = true;
        UpstreamResponse unseen = arrived;
        if (opening != null) {
            opening.stop();
        } else if (unseen != null && response == null) {
            Unread.giveBack(unseen.content());
        }
    }
}
