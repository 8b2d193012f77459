package io.understudy.example.servers;

import static io.understudy.example.servers.Providers.DOWN_FIRST;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Providers.TWO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import io.understudy.example.JavaSdks;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import io.understudy.servlet.testing.Wire;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What failover promises, as the official SDKs for Java understand it: in every dialect, plain and streamed, at the root
 * and below a context path.
 */
interface FailoverChecks {
    String ANSWER = "Good evening";

    Trial trial();

    @Test
    default void lists_its_models() {
        for (String context : trial().contexts()) {
            RawAnswer answer = trial().caller().send("GET " + context + "/v1/models");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("\"" + PLAIN + "\"", "\"" + TWO + "\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"chat", "messages", "responses"})
    default void fails_over_when_the_provider_is_down(String dialect) {
        ask(DOWN_FIRST, sdks -> {
            second().then(whole(dialect), wholeStream(dialect));
            assertThat(sdks.plain(dialect)).isEqualTo(ANSWER);
            assertThat(sdks.streamed(dialect)).isEqualTo(ANSWER);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"chat", "messages", "responses"})
    default void fails_over_after_a_429(String dialect) {
        Reply limited = Reply.json(429, wire(dialect).error(429));
        ask(TWO, sdks -> {
            first().then(limited, limited);
            second().then(whole(dialect), wholeStream(dialect));
            assertThat(sdks.plain(dialect)).isEqualTo(ANSWER);
            assertThat(sdks.streamed(dialect)).isEqualTo(ANSWER);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"chat", "messages", "responses"})
    default void fails_over_when_an_answer_is_cut(String dialect) {
        byte[] answer = wire(dialect).answer("never heard").getBytes(UTF_8);
        Reply cut = Reply.announced(200, "application/json", answer.length + 1).write(answer);
        ask(TWO, sdks -> {
            first().then(cut.close());
            second().then(whole(dialect));
            assertThat(sdks.plain(dialect)).isEqualTo(ANSWER);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"chat", "messages", "responses"})
    default void fails_over_when_a_stream_begins_with_an_error(String dialect) {
        String error = wire(dialect).errorEvent("server_error", "out of order");
        ask(TWO, sdks -> {
            first().then(Reply.stream().event(error).end());
            second().then(wholeStream(dialect));
            assertThat(sdks.streamed(dialect)).isEqualTo(ANSWER);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"chat", "messages", "responses"})
    default void raises_an_error_when_a_stream_is_cut(String dialect) {
        Frames frames = wire(dialect).streamed("heard", " so far");
        Reply cut = Reply.stream().events(frames.opening()).events(frames.content());
        ask(TWO, sdks -> {
            int before = second().requests().size();
            first().then(cut.close());
            assertThatThrownBy(() -> sdks.streamed(dialect))
                    .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
            assertThat(second().requests()).hasSize(before);
        });
    }

    private void ask(String model, Consumer<JavaSdks> calls) {
        for (String context : trial().contexts()) {
            String url = trial().server().uri(context, "").toString();
            try (JavaSdks sdks = new JavaSdks(url, model)) {
                calls.accept(sdks);
            }
        }
    }

    private ScriptedUpstream first() {
        return trial().providers().first();
    }

    private ScriptedUpstream second() {
        return trial().providers().second();
    }

    private static Wire wire(String dialect) {
        return Wire.of(dialect, "served");
    }

    private static Reply whole(String dialect) {
        return Reply.json(200, wire(dialect).answer(ANSWER));
    }

    private static Reply wholeStream(String dialect) {
        return Reply.stream(wire(dialect).streamed(ANSWER).all());
    }
}
