package io.understudy.servlet.exchange;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.relay.CommitGate;
import io.understudy.servlet.relay.EventSource;
import io.understudy.servlet.upstream.UpstreamResponse;

/** A stream up to its commit point, or to the failure before it. Runs in the exchange's loop. */
final class StreamOpening {
    /** Hears, once, how it went. */
    interface Listener {
        /** The commit point is reached. */
        void committed(Stream stream);

        /** The provider says that it has failed. */
        void error(ErrorFacts facts);

        /** It ended in order before it had content. */
        void empty();

        /** It broke off. */
        void lost(Throwable cause);
    }

    /** A stream at its commit point. */
    record Stream(UpstreamResponse response, EventSource events, StreamReader reader, CommitGate gate) {}

    private final UpstreamResponse head;
    private final EventSource events;
    private final StreamReader reader;
    private final CommitGate gate;
    private final SerialLoop loop;
    private final Listener listener;
    private boolean over;

    StreamOpening(
            UpstreamResponse head,
            Asked asked,
            StreamReader reader,
            Settings settings,
            BufferBudget.Share held,
            SerialLoop loop,
            Listener listener) {
        this.head = head;
        this.events = new EventSource(head.content(), asked::named);
        this.reader = reader;
        this.gate = new CommitGate(
                settings.streaming().commitOn(), settings.limits().maxResponseBytes(), held::add, reader);
        this.loop = loop;
        this.listener = listener;
    }

    void start() {
        if (gate.isOpenFromTheStart()) {
            commit();
        } else {
            pump();
        }
    }

    /** Stops it where it is, before its call is aborted; nobody hears of an outcome. */
    void stop() {
        over = true;
        events.giveBack();
    }

    private void pump() {
        while (!over) {
            switch (events.advance()) {
                case EVENT -> accept();
                case NOTHING -> {
                    events.demand(loop.posting(this::pump));
                    return;
                }
                case END -> ended();
                case BROKEN -> end(() -> listener.lost(events.failure()));
            }
        }
    }

    private void accept() {
        switch (gate.accept(events.take())) {
            case HELD -> {}
            case COMMITTED -> commit();
            case FAILED -> end(() -> listener.error(gate.error()));
        }
    }

    /** The last event may lack its blank line; that makes an error no less of one, and a whole answer whole. */
    private void ended() {
        StreamEvent rest = events.unfinished();
        if (rest != null && rest.hasData() && gate.accept(rest) == CommitGate.Verdict.FAILED) {
            end(() -> listener.error(gate.error()));
        } else if (reader.isWhole()) {
            commit();
        } else {
            end(listener::empty);
        }
    }

    private void commit() {
        end(() -> listener.committed(new Stream(head, events, reader, gate)));
    }

    private void end(Runnable told) {
        over = true;
        told.run();
    }
}
