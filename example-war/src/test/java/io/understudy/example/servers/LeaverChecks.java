package io.understudy.example.servers;

import static io.understudy.example.servers.Desk.REQUEST_ID;
import static io.understudy.example.servers.ForeignChecks.LLM;
import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.FOREIGN_SYNCHRONOUS;
import static io.understudy.example.servers.Guests.ROOT;
import static io.understudy.example.servers.Providers.HASTY;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who go while there is nothing to hear. */
interface LeaverChecks {
    Trial trial();

    /**
     * No server tells of it before something is written, so it takes heartbeats, frequent ones from here on: the server
     * gets another configuration while it runs. That is why this comes late.
     */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {CHAT, FOREIGN_SYNCHRONOUS + LLM})
    @Order(Integer.MAX_VALUE - 1)
    default void notices_in_silence_that_the_caller_has_left(String path) throws IOException {
        assumeTrue(trial().kind().isContainer() || path.equals(CHAT));
        String context = path.equals(CHAT) ? ROOT : FOREIGN_SYNCHRONOUS;
        trial().reconfigure(trial().providers().hastyConfiguration());
        trial().desk(context).awaitModel(HASTY);
        Gate silence = new Gate();
        trial().providers().steady().then(Reply.silence().await(silence));
        String id = UUID.randomUUID().toString();
        RawCaller caller = trial().caller()
                .openWith(
                        path,
                        WIRE.streamedRequest(PLAIN, "Hi"),
                        REQUEST_ID,
                        id,
                        "Authorization",
                        Account.CALLER.basic());
        silence.awaitReached();
        List<ReceivedRequest> requests = trial().providers().steady().requests();
        int connection = requests.get(requests.size() - 1).connection();
        caller.close();
        long left = System.nanoTime();
        Closed closed = trial().providers().steady().awaitClosed(connection);
        trial().results().measured(ResultTable.millisSince(left));
        assertThat(closed.how()).isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(trial().desk(context).recordsOf(id)).hasSize(1).allSatisfy(exchange -> assertThat(
                        exchange.getString("outcome"))
                .isEqualTo("cancelled"));
    }
}
