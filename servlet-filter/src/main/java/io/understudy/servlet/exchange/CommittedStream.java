package io.understudy.servlet.exchange;

import io.understudy.core.failover.AttemptLease;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.relay.Heartbeat;
import io.understudy.servlet.relay.StreamRelay;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import io.understudy.servlet.upstream.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream after its commit point: relayed to its end, judged when it ends, and told to the caller as it is. What it
 * holds of the failover decision is the lease of its attempt, and no way to another one.
 */
final class CommittedStream implements StreamRelay.Ending {
    private final UpstreamAttempt attempt;
    private final StreamOpening.Stream stream;
    private final AttemptLease lease;
    private final Reply reply;
    private final Journal journal;
    private final Services services;
    private @Nullable StreamRelay relay;

    CommittedStream(
            UpstreamAttempt attempt,
            StreamOpening.Stream stream,
            AttemptLease lease,
            Reply reply,
            Journal journal,
            Services services) {
        this.attempt = attempt;
        this.stream = stream;
        this.lease = lease;
        this.reply = reply;
        this.journal = journal;
        this.services = services;
    }

    /**
     * Begins.
     *
     * @param held what the gate holds, given back when the caller has it
     */
    void start(SerialLoop loop, Timers timers, Heartbeat heartbeat, BufferBudget.Share held) {
        Duration idle = attempt.provider().settings().timeouts().idle();
        StreamRelay started =
                new StreamRelay(stream.events(), stream.reader(), reply.output(), loop, timers, heartbeat, idle, this);
        relay = started;
        reply.openStream(stream.response().headers(), stream.response().forCaller());
        started.start(stream.gate(), held::release);
    }

    /** The gateway ends it: nobody is blamed, and the caller is told. */
    void stop(ApiError error) {
        cancel();
        reply.brokenStream(stream.reader(), error);
    }

    /** The caller left. */
    void cancel() {
        if (relay != null) {
            relay.stop();
        }
        lease.cancelled();
        journal.ended(attempt, Failure.of(FailureKind.CANCELLED, "the caller went away"));
        giveUp("the caller went away");
        report();
    }

    @Override
    public void whole() {
        lease.completed();
        journal.ended(attempt, null);
        report();
        journal.outcome(Outcome.SUCCESS, 200);
        reply.output().flush();
        // Before the caller knows that its answer has ended: its next request finds the connection free.
        freeConnection();
        reply.output().finish();
    }

    @Override
    public void lost(Throwable cause) {
        broken(attempt.provider().lost(cause, true), "the connection was lost");
    }

    @Override
    public void truncated() {
        broken(
                Failure.of(FailureKind.CONNECTION, "the stream ended without its end marker")
                        .billed(),
                "the stream ended without its end marker");
    }

    @Override
    public void silent(Duration silence) {
        broken(
                Failure.of(FailureKind.TIMEOUT, "nothing came for " + silence),
                "nothing came for " + silence.toSeconds() + " s");
    }

    @Override
    public void error(ErrorFacts facts) {
        Failure failure = attempt.provider().classifier().classify(facts, Instant.now());
        broken(
                failure,
                services.masking()
                        .mask(Objects.requireNonNullElse(
                                facts.message(), failure.kind().label())));
    }

    private void freeConnection() {
        if (stream.events().isWaiting()) {
            attempt.call().abort(new IOException("the answer is whole, and its end does not come"));
        } else {
            Leftovers.discard(stream.response().content(), attempt.call(), services.scheduler());
        }
    }

    private void broken(Failure failure, String what) {
        lease.broken(failure);
        journal.ended(attempt, failure);
        report();
        journal.outcome(Outcome.FAILED, 200);
        String provider = attempt.attempt().candidate().provider();
        ApiError error = ApiError.failure(
                FailureAnswer.statusOf(failure.kind()), "upstream_stream_error", provider + ": " + what);
        reply.brokenStream(stream.reader(), error);
        giveUp(failure.message());
    }

    private void giveUp(String why) {
        stream.events().giveBack();
        attempt.call().abort(new IOException(why));
    }

    private void report() {
        journal.usage(stream.reader().usage());
        services.owners()
                .remember(stream.reader().kept(), attempt.attempt().candidate().provider());
        journal.degraded(relay != null && relay.isDegraded());
    }
}
