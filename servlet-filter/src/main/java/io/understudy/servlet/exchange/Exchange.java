package io.understudy.servlet.exchange;

import io.understudy.core.time.Deadline;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.TimeoutSettings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.RequestBody;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.relay.CallerOutput;
import io.understudy.servlet.relay.Heartbeat;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller's request with everything done for it: reads the body, has the providers called, and hands the answer over.
 * One serial loop: upstream, timers and container only post to it, and the first terminal event wins.
 */
public final class Exchange implements Answering.Course {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");
    private final Services services;
    private final InboundRequest request;
    private final @Nullable ClientKey caller;
    private final AsyncContext context;
    private final Runnable leave;
    private final Consumer<Exchange> ended;
    private final SerialLoop loop;
    private final Timers timers;
    private final Journal journal;
    private final BufferBudget.Share share;
    private final Deadline deadline;
    private final CallerOutput output;
    private final Reply reply;
    private final Heartbeat heartbeat;

    private @Nullable Calls calls;
    private @Nullable Answering answering;
    private @Nullable Runnable passed;
    private boolean over;

    private Exchange(
            Services services,
            InboundRequest request,
            @Nullable ClientKey caller,
            AsyncContext context,
            Executor where,
            Runnable leave,
            Consumer<Exchange> ended) {
        this.services = services;
        this.request = request;
        this.caller = caller;
        this.context = context;
        this.leave = leave;
        this.ended = ended;
        this.loop = new SerialLoop(where, this::crashed);
        this.timers = new Timers(services.scheduler(), loop);
        this.journal = new Journal(request);
        journal.caller(caller);
        this.share = services.budget().share();
        TimeoutSettings timeouts = services.settings().timeouts();
        this.deadline = Deadline.after(timeouts.exchange(), services.ticker());
        this.output = new CallerOutput(
                context,
                (HttpServletResponse) context.getResponse(),
                loop,
                timers,
                timeouts.stalledWrite(),
                this::callerLeft);
        this.reply = new Reply(
                output,
                request,
                journal,
                services.masking(),
                services.settings().headers(),
                services.settings().streaming());
        this.heartbeat = new Heartbeat(
                timers, output, services.settings().streaming().heartbeat(), () -> reply.openStream(Map.of(), false));
    }

    /**
     * An exchange of a request whose asynchronous processing has begun.
     *
     * @param caller whose key was shown, null if callers need none
     * @param where runs whatever there is to do
     * @param leave is run before the first provider is called: nothing is asked of the container's thread any more
     * @param ended is told, once, when nothing of the exchange is left
     */
    public static Exchange of(
            Services services,
            InboundRequest request,
            @Nullable ClientKey caller,
            AsyncContext context,
            Executor where,
            Runnable leave,
            Consumer<Exchange> ended) {
        context.setTimeout(0);
        return new Exchange(services, request, caller, context, where, leave, ended);
    }

    /** Begins to serve; in the container's thread, which is free again at once. */
    public void start() {
        AsyncSignals signals = new AsyncSignals(
                cause -> {
                    output.withdraw();
                    loop.execute(() -> callerLeft(cause));
                },
                () -> {
                    output.withdraw();
                    loop.execute(this::containerCompleted);
                });
        signals.listenTo(context);
        try {
            readBody((HttpServletRequest) context.getRequest());
        } catch (IOException | RuntimeException e) {
            loop.execute(() -> crashed(e));
        }
    }

    /** Ends it because the gateway stops: whoever still waits for an answer is told that there is none. */
    public void stop() {
        loop.execute(() -> {
            if (!over && !journal.isDecided()) {
                end(ApiError.failure(503, "gateway_stopping", "the gateway is stopping; the call was ended"));
            }
        });
    }

    private void readBody(HttpServletRequest http) throws IOException {
        if (request.endpoint().operation() == Operation.STATE) {
            loop.execute(() -> begin(new byte[0]));
            return;
        }
        RequestBody.Limits limits =
                new RequestBody.Limits(services.settings().limits().maxRequestBytes(), share);
        RequestBody.read(http.getInputStream(), request, limits, new RequestBody.Listener() {
            @Override
            public void read(byte[] body) {
                loop.execute(() -> begin(body));
            }

            @Override
            public void refused(ApiError error) {
                loop.execute(() -> refuse(error));
            }

            @Override
            public void gone(Throwable cause) {
                loop.execute(() -> callerLeft(cause));
            }
        });
    }

    private void begin(byte[] body) {
        if (over) {
            return;
        }
        journal.overhead().goOn();
        try {
            Asked read = Asked.of(request, caller, body, services, journal::model);
            journal.model(read.model());
            Answering result = new Answering(services, read, reply, journal, loop, timers, heartbeat, this);
            answering = result;
            Calls begun = new Calls(services, request, read, deadline, loop, timers, journal, result);
            calls = begun;
            begun.start();
        } catch (Refusal e) {
            refuse(e.error());
        }
    }

    @Override
    public void leaving() {
        leave.run();
    }

    @Override
    public void passing(Runnable whenEnded) {
        output.pass();
        letGo();
        passed = whenEnded;
    }

    @Override
    public void noRoom() {
        end(BufferBudget.exhausted());
    }

    private void refuse(ApiError error) {
        if (!over) {
            journal.outcome(Outcome.REJECTED, error.status());
            tell(error);
        }
    }

    private void callerLeft(Throwable cause) {
        if (over) {
            return;
        }
        if (output.isBrokenOff()) {
            close();
            return;
        }
        if (answering != null) {
            answering.cancel();
        }
        cancelCalls();
        journal.outcome(Outcome.CANCELLED, null);
        output.abandon();
        close();
    }

    private void cancelCalls() {
        if (calls != null) {
            calls.cancel();
        }
    }

    private void containerCompleted() {
        Runnable byApplication = passed;
        if (byApplication != null) {
            passed = null;
            byApplication.run();
            report();
        } else if (journal.isDecided()) {
            close();
        } else {
            callerLeft(new IOException("the container ended the request"));
        }
    }

    private void close() {
        if (!over) {
            letGo();
            report();
        }
    }

    private void letGo() {
        over = true;
        timers.close();
        share.release();
        if (calls != null) {
            calls.release();
        }
    }

    private void report() {
        try {
            services.listener().ended(journal.record());
        } finally {
            ended.accept(this);
        }
    }

    /** A defect of ours: the caller must not wait for ever because of it. */
    private void crashed(Throwable defect) {
        LOG.log(Level.ERROR, () -> request.requestId() + ": the exchange failed because of a defect", defect);
        if (over) {
            return;
        }
        end(ApiError.failure(500, "internal_error", "the gateway failed; its log says why"));
    }

    /** Ends it before there is an answer, or in the middle of one. */
    private void end(ApiError error) {
        cancelCalls();
        journal.outcome(Outcome.FAILED, output.isOpen() ? 200 : error.status());
        if (answering == null || !answering.stop(error)) {
            tell(error);
        }
    }

    /** Without a provider's word on it: a gateway that has no room now may have some in a moment. */
    private void tell(ApiError error) {
        reply.error(error, error.status() == 503 ? Duration.ofSeconds(1) : null);
    }
}
