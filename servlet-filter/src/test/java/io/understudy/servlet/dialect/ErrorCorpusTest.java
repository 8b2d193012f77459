package io.understudy.servlet.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.failure.FailureKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code /errors} is an answer of a provider, or an event of its stream, and what it is to be taken for:
 * adding a case is adding a file. Lines {@code name: value} come first, then an empty line, then the body as it came;
 * only ids that name somebody are shortened.
 *
 * <table>
 * <caption>The lines</caption>
 * <tr><td>provider, source</td><td>who says so, and where it can be read; "composed" where no such body was found, and a
 *     page describes it</td></tr>
 * <tr><td>status</td><td>of the answer, or instead</td></tr>
 * <tr><td>event</td><td>the dialect of the stream whose event the body is</td></tr>
 * <tr><td>header</td><td>of the answer, any number of them</td></tr>
 * <tr><td>transient400, transientPattern</td><td>how the provider is configured</td></tr>
 * <tr><td>expected</td><td>the kind of failure</td></tr>
 * <tr><td>cooldown, retryAfter</td><td>where they are not the kind's own, and none</td></tr>
 * </table>
 */
class ErrorCorpusTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private record Entry(String name, List<Map.Entry<String, String>> lines, String body) {
        private static final Set<String> REQUIRED_ONCE = Set.of("provider", "expected");
        private static final Set<String> NAMES = Set.of(
                "provider",
                "source",
                "status",
                "event",
                "header",
                "transient400",
                "transientPattern",
                "expected",
                "cooldown",
                "retryAfter");

        static Entry of(String name, String text) {
            int end = text.indexOf("\n\n");
            List<Map.Entry<String, String>> lines =
                    text.substring(0, end).lines().map(Entry::line).toList();
            return new Entry(name, lines, text.substring(end + 2).stripTrailing());
        }

        private static Map.Entry<String, String> line(String line) {
            String[] parts = line.split(": ", 2);
            assertThat(parts).as(line).hasSize(2);
            return Map.entry(parts[0], parts[1]);
        }

        Stream<String> all(String name) {
            return lines.stream().filter(line -> line.getKey().equals(name)).map(Map.Entry::getValue);
        }

        Optional<String> one(String name) {
            return all(name).findFirst();
        }

        Failure classified() {
            List<Pattern> patterns =
                    all("transientPattern").map(Pattern::compile).toList();
            return new FailureClassifier(one("transient400").equals(Optional.of("true")), patterns)
                    .classify(facts(), NOW);
        }

        private ErrorFacts facts() {
            return one("event").map(this::factsOfEvent).orElseGet(this::factsOfAnswer);
        }

        private ErrorFacts factsOfAnswer() {
            Map<String, String> headers = new HashMap<>();
            all("header").map(Entry::line).forEach(header -> headers.put(header.getKey(), header.getValue()));
            return ErrorBody.read(Integer.parseInt(one("status").orElseThrow()), headers, body.getBytes(UTF_8));
        }

        private ErrorFacts factsOfEvent(String dialect) {
            Map<String, String> fields = new HashMap<>();
            body.lines().map(Entry::line).forEach(field -> fields.put(field.getKey(), field.getValue()));
            StreamEvent event = Events.event(
                    fields.getOrDefault("event", ""), Objects.requireNonNull(fields.get("data"), "no data"));
            Signal signal = reader(dialect).read(event);
            assertThat(signal.kind()).isEqualTo(Signal.Kind.ERROR);
            return Objects.requireNonNull(signal.error());
        }

        private static StreamReader reader(String dialect) {
            return switch (dialect) {
                case "chat" -> new ChatStream();
                case "messages" -> new MessagesStream();
                case "responses" -> new ResponsesStream();
                default -> throw new IllegalArgumentException("event: " + dialect);
            };
        }
    }

    static List<Named<Entry>> entries() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ErrorCorpusTest.class.getResource("/errors"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(ErrorCorpusTest::named).toList();
        }
    }

    private static Named<Entry> named(Path file) {
        try {
            String name = String.valueOf(file.getFileName());
            return Named.of(name, Entry.of(name, Files.readString(file)));
        } catch (IOException | RuntimeException unreadable) {
            throw new IllegalStateException(String.valueOf(file), unreadable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void what_a_provider_says_is_taken_for_what_it_means(Entry entry) {
        FailureKind kind =
                FailureKind.valueOf(entry.one("expected").orElseThrow().toUpperCase(Locale.ROOT));
        CooldownScope cooldown =
                entry.one("cooldown").map(CooldownScope::valueOf).orElse(kind.cooldown());
        Duration retryAfter = entry.one("retryAfter").map(Duration::parse).orElse(null);

        Failure failure = entry.classified();

        assertThat(failure.kind()).as(entry.name()).isEqualTo(kind);
        assertThat(failure.cooldown()).as(entry.name()).isEqualTo(cooldown);
        assertThat(failure.retryAfter()).as(entry.name()).isEqualTo(retryAfter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void every_entry_says_where_it_comes_from_and_nothing_unknown(Entry entry) {
        assertThat(entry.lines()).as(entry.name()).extracting(Map.Entry::getKey).isSubsetOf(Entry.NAMES);
        assertThat(Entry.REQUIRED_ONCE).allSatisfy(name -> assertThat(entry.all(name))
                .as(entry.name() + ": " + name)
                .hasSize(1));
        assertThat(entry.all("source")).as(entry.name()).isNotEmpty().allMatch(source -> source.startsWith("https://"));
        assertThat(Stream.concat(entry.all("status"), entry.all("event")))
                .as(entry.name())
                .hasSize(1);
    }

    @Test
    void the_corpus_is_large_enough_to_be_worth_its_name() throws IOException, URISyntaxException {
        assertThat(entries()).hasSizeGreaterThanOrEqualTo(80);
    }
}
