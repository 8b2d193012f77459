package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.Wire;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a provider's stream can break, in every dialect, before and after its first content, as the official
 * SDKs understand what the gateway makes of it: they get the whole answer of the second provider, or they raise an error.
 * Never is a part of an answer taken for the whole.
 */
class TruncationTableIT {
    private static final List<String> DIALECTS = List.of("chat", "messages", "responses");
    private static final String WHOLE = "Good evening.";

    private static Duo duo;

    /** One cell of the table. */
    record Cell(String dialect, Wire wire, Mishap mishap, boolean rescued) {
        /** The name of its scene, made of what a request id may have in it. */
        String scene() {
            return dialect + "/streamed/" + mishap.name().replace(' ', '-');
        }

        Reply ofSecond() {
            return rescued ? Reply.stream(wire.streamed("Good ", "evening.").all()) : Reply.json(418, "{}");
        }

        @Override
        public String toString() {
            return dialect + ": " + mishap;
        }
    }

    @BeforeAll
    static void open() {
        duo = Duo.impatient("openai", "chat", "messages", "responses");
    }

    @AfterAll
    static void close() {
        duo.close();
    }

    static Stream<Cell> beforeContent() {
        return cells(Mishap::beforeContent, true);
    }

    static Stream<Cell> afterContent() {
        return cells(Mishap::afterContent, false);
    }

    private static Stream<Cell> cells(Function<Wire, Stream<Mishap>> mishaps, boolean rescued) {
        return DIALECTS.stream().flatMap(dialect -> {
            Wire wire = Wire.of(dialect, "served");
            return mishaps.apply(wire).map(mishap -> new Cell(dialect, wire, mishap, rescued));
        });
    }

    /** OpenAI's and Anthropic's SDKs for Java. */
    @Nested
    class Java {
        private static JavaSdks sdks;

        @BeforeAll
        static void open() {
            sdks = new JavaSdks(duo.url(), Duo.MODEL);
        }

        @AfterAll
        static void close() {
            sdks.close();
        }

        @ParameterizedTest
        @MethodSource("io.understudy.example.TruncationTableIT#beforeContent")
        void before_content_the_second_provider_is_heard_in_its_place(Cell cell) {
            duo.reply(cell.mishap().reply(), cell.ofSecond());

            assertThat(sdks.streamed(cell.dialect())).isEqualTo(WHOLE);
        }

        @ParameterizedTest
        @MethodSource("io.understudy.example.TruncationTableIT#afterContent")
        void after_content_an_error_is_raised(Cell cell) {
            duo.reply(cell.mishap().reply(), cell.ofSecond());

            assertThatThrownBy(() -> sdks.streamed(cell.dialect()))
                    .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
        }
    }

    /** OpenAI's and Anthropic's SDKs for Node. */
    @Nested
    class Node {
        private static Map<String, String> heard;

        @BeforeAll
        static void play() throws Exception {
            NodeSdks sdks = NodeSdks.install(TruncationTableIT.class);
            Map<String, Cell> cells =
                    Stream.concat(beforeContent(), afterContent()).collect(Collectors.toMap(Cell::scene, cell -> cell));
            duo.first().always(request -> cell(request, cells).mishap().reply());
            duo.second().always(request -> cell(request, cells).ofSecond());
            heard = sdks.play(duo, List.copyOf(cells.keySet()));
        }

        @ParameterizedTest
        @MethodSource("io.understudy.example.TruncationTableIT#beforeContent")
        void before_content_the_second_provider_is_heard_in_its_place(Cell cell) {
            assertThat(heard).containsEntry(cell.scene(), WHOLE);
        }

        @ParameterizedTest
        @MethodSource("io.understudy.example.TruncationTableIT#afterContent")
        void after_content_an_error_is_raised(Cell cell) {
            assertThat(heard.get(cell.scene())).contains("Error: ");
        }

        private static Cell cell(MessageHead request, Map<String, Cell> cells) {
            String scene = request.headers().first("x-request-id").orElseThrow();
            return Objects.requireNonNull(cells.get(scene), scene);
        }
    }
}
