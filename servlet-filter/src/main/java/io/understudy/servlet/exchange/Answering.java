package io.understudy.servlet.exchange;

import io.understudy.core.failover.AttemptLease;
import io.understudy.core.failure.Failure;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.StateReferences;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.relay.Heartbeat;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What is made of the calls' result: the caller's answer, and what is to be remembered of it. Runs in the exchange's loop. */
final class Answering implements Calls.Result {
    /** What only the exchange itself can do. */
    interface Course {
        /** The container's thread is not needed any more. */
        void leaving();

        /** Somebody else answers the caller; {@code whenEnded} is run when the container says that this is over. */
        void passing(Runnable whenEnded);

        /** There is no room for an answer. */
        void noRoom();
    }

    private final Services services;
    private final Asked asked;
    private final Reply reply;
    private final Journal journal;
    private final SerialLoop loop;
    private final Timers timers;
    private final Heartbeat heartbeat;
    private final Course course;
    private @Nullable CommittedStream stream;

    Answering(
            Services services,
            Asked asked,
            Reply reply,
            Journal journal,
            SerialLoop loop,
            Timers timers,
            Heartbeat heartbeat,
            Course course) {
        this.services = services;
        this.asked = asked;
        this.reply = reply;
        this.journal = journal;
        this.loop = loop;
        this.timers = timers;
        this.heartbeat = heartbeat;
        this.course = course;
    }

    /** The caller left. */
    void cancel() {
        if (stream != null) {
            stream.cancel();
        }
    }

    /** Ends a stream that has been committed, and tells the caller; false if there is none. */
    boolean stop(ApiError error) {
        CommittedStream committed = stream;
        if (committed != null) {
            committed.stop(error);
        }
        return committed != null;
    }

    @Override
    public void leaving() {
        course.leaving();
        if (asked.streamed()) {
            heartbeat.postpone();
        }
    }

    @Override
    public void answered(UpstreamAttempt served, UpstreamAnswer answer, AnswerReading reading) {
        remember(served, reading.kept());
        remember(served, asked.binding().references());
        journal.serves(served, false);
        journal.usage(reading.usage());
        journal.outcome(Outcome.SUCCESS, answer.status());
        UpstreamAnswer named = asked.named(answer);
        journal.overhead().stop();
        reply.success(named);
    }

    @Override
    public void committed(
            UpstreamAttempt served, StreamOpening.Stream committed, AttemptLease lease, BufferBudget.Share held) {
        journal.serves(served, true);
        remember(served, committed.reader().kept());
        remember(served, asked.binding().references());
        CommittedStream started = new CommittedStream(served, committed, lease, reply, journal, services);
        stream = started;
        journal.overhead().stop();
        started.start(loop, timers, heartbeat, held);
    }

    @Override
    public void passing(UpstreamAttempt served, AttemptLease lease, IntSupplier status) {
        journal.serves(served, false);
        course.passing(() -> passed(served, lease, status.getAsInt()));
    }

    private void passed(UpstreamAttempt served, AttemptLease lease, int status) {
        Failure failure = served.judgement().status(status);
        if (failure == null) {
            lease.completed();
        } else {
            lease.broken(failure);
        }
        journal.ended(served, failure);
        journal.outcome(failure == null ? Outcome.SUCCESS : Outcome.FAILED, status);
    }

    @Override
    public void givenUp(FailureAnswer answer) {
        journal.overhead().stop();
        boolean open = reply.output().isOpen();
        UpstreamAnswer passed = answer.passed();
        if (passed != null && !open) {
            journal.outcome(Outcome.FAILED, passed.status());
            reply.upstreamError(passed);
        } else {
            journal.outcome(Outcome.FAILED, open ? 200 : answer.own().status());
            reply.error(answer.own(), answer.retryAfter());
        }
    }

    @Override
    public void noRoom() {
        course.noRoom();
    }

    private void remember(UpstreamAttempt served, StateReferences kept) {
        services.owners().remember(kept, served.attempt().candidate().provider());
    }
}
