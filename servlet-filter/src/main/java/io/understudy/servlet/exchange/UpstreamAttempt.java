package io.understudy.servlet.exchange;

import io.understudy.core.failover.Attempt;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.dialect.Endpoint;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.relay.CommitGate;
import io.understudy.servlet.relay.EventSource;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamFailure;
import io.understudy.servlet.upstream.UpstreamRequest;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from its call to its verdict: failed, answered whole, or committed to its stream. After the verdict it
 * says nothing more. Runs in the exchange's loop.
 */
final class UpstreamAttempt implements UpstreamClient.Listener {
    /** An error body longer than this is cut, which leaves it unparseable. */
    private static final long MAX_ERROR_BODY = 256 * 1024;

    /** Hears the verdict, exactly once unless the attempt is cancelled. */
    interface Listener {
        /** The attempt failed; the answer is there if the upstream gave one. */
        void failed(UpstreamAttempt attempt, Failure failure, @Nullable UpstreamAnswer answer);

        /** The attempt brought a whole answer. */
        void answered(UpstreamAttempt attempt, UpstreamAnswer answer, AnswerReading reading);

        /** The attempt's stream has reached its commit point. */
        void committed(UpstreamAttempt attempt, Stream stream);
    }

    /** A stream at its commit point. */
    record Stream(UpstreamResponse response, EventSource events, StreamReader reader, CommitGate gate) {}

    private final Attempt attempt;
    private final Provider provider;
    private final Endpoint endpoint;
    private final Settings settings;
    private final Asked asked;
    private final SerialLoop loop;
    private final BufferBudget.Share share;
    private final Listener listener;
    private final long startedNanos = System.nanoTime();

    private @Nullable UpstreamCall call;
    private @Nullable UpstreamResponse response;
    private @Nullable ErrorFacts said;
    private boolean done;

    UpstreamAttempt(
            Attempt attempt,
            Provider provider,
            Endpoint endpoint,
            Settings settings,
            Asked asked,
            SerialLoop loop,
            BufferBudget.Share share,
            Listener listener) {
        this.attempt = attempt;
        this.provider = provider;
        this.endpoint = endpoint;
        this.settings = settings;
        this.asked = asked;
        this.loop = loop;
        this.share = share;
        this.listener = listener;
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

    /** What the upstream said of its failure, in an answer or in a stream; null if it said nothing. */
    @Nullable
    ErrorFacts said() {
        return said;
    }

    /** Ends it without a verdict, even if its call could not be started. */
    void cancel() {
        done = true;
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
        loop.execute(() -> {
            if (done) {
                return;
            }
            response = head;
            if (head.status() < 200 || (head.status() >= 300 && head.status() < 400)) {
                fail(bad("status " + head.status() + " is no answer"), null);
            } else if (head.status() >= 400) {
                read(head, MAX_ERROR_BODY, this::errorAnswer);
            } else if (asked.streamed() && !head.mediaType().equals("application/json")) {
                new Gating(head).start();
            } else {
                read(head, settings.limits().maxResponseBytes(), this::wholeAnswer);
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

    private void read(UpstreamResponse head, long limit, Consumer<UpstreamAnswer> whole) {
        new BodyReader(head.content(), limit, share, loop, new BodyReader.Listener() {
                    @Override
                    public void read(byte[] body) {
                        if (!done) {
                            whole.accept(UpstreamAnswer.of(head, body));
                        }
                    }

                    @Override
                    public void broken(Throwable cause) {
                        lost(cause, true);
                    }

                    @Override
                    public void tooLong(byte[] beginning) {
                        if (head.status() >= 400) {
                            read(beginning);
                        } else {
                            fail(
                                    bad("the answer is larger than limits.maxResponseBytes or limits.maxBufferedBytes"),
                                    null);
                        }
                    }
                })
                .read();
    }

    private void errorAnswer(UpstreamAnswer answer) {
        fail(classified(answer.facts()), answer);
    }

    private void wholeAnswer(UpstreamAnswer answer) {
        AnswerReading reading = endpoint.dialect().read(endpoint.operation(), answer.body());
        if (reading.error() != null) {
            fail(dressedAsSuccess(reading.error()), answer);
        } else if (!reading.valid()) {
            fail(bad(answer.body().length == 0 ? "the answer is empty" : "the answer is not a JSON object"), null);
        } else if (asked.streamed()) {
            fail(bad("a stream was asked for, and something else came"), null);
        } else {
            done = true;
            listener.answered(this, answer, reading);
        }
    }

    /**
     * An error object in the place of an answer: what it says of quota, rate or policy counts. Otherwise it is an answer
     * that is none, and never the caller's fault, which a provider would have said with a status.
     */
    private Failure dressedAsSuccess(ErrorFacts facts) {
        Failure failure = classified(facts);
        return switch (failure.kind()) {
            case BAD_REQUEST, SERVER_ERROR -> bad("the answer is an error dressed as a success");
            default -> failure;
        };
    }

    private Failure classified(ErrorFacts facts) {
        said = facts;
        return provider.classifier().classify(facts, Instant.now());
    }

    private void lost(Throwable cause, boolean requestWritten) {
        fail(provider.lost(cause, requestWritten), null);
    }

    private void fail(Failure failure, @Nullable UpstreamAnswer answer) {
        if (!done) {
            done = true;
            // Closes the connection unless the answer has been read to its end.
            call().abort(new TimeoutException(failure.message()));
            listener.failed(this, failure, answer);
        }
    }

    private static Failure bad(String message) {
        return Failure.of(FailureKind.BAD_ANSWER, message);
    }

    /** The events up to the commit point. */
    private final class Gating {
        private final UpstreamResponse head;
        private final EventSource events;
        private final StreamReader reader = endpoint.dialect().newStream();
        private final CommitGate gate;

        Gating(UpstreamResponse head) {
            this.head = head;
            this.events = new EventSource(head.content(), asked::named);
            this.gate = new CommitGate(
                    settings.streaming().commitOn(), settings.limits().maxResponseBytes(), reader);
        }

        void start() {
            if (gate.isOpenFromTheStart()) {
                commit();
            } else {
                pump();
            }
        }

        private void pump() {
            while (!done) {
                switch (events.advance()) {
                    case EVENT -> accept();
                    case NOTHING -> {
                        events.demand(loop.posting(this::pump));
                        return;
                    }
                    case END -> ended();
                    case BROKEN -> lost(events.failure(), true);
                }
            }
        }

        private void accept() {
            switch (gate.accept(events.take())) {
                case HELD -> {}
                case COMMITTED -> commit();
                case FAILED -> fail(classified(gate.error()), null);
            }
        }

        /** The last event may lack its blank line; that makes an error no less of one, and a whole answer whole. */
        private void ended() {
            StreamEvent rest = events.unfinished();
            if (rest != null && rest.hasData() && gate.accept(rest) == CommitGate.Verdict.FAILED) {
                fail(classified(gate.error()), null);
            } else if (reader.isWhole()) {
                commit();
            } else {
                fail(bad("the stream ended before it had content"), null);
            }
        }

        private void commit() {
            done = true;
            listener.committed(UpstreamAttempt.this, new Stream(head, events, reader, gate));
        }
    }
}
