package io.understudy.example;

import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.Wire;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that goes wrong at a provider, whichever dialect it speaks.
 *
 * @param name what a report calls it
 * @param reply what the provider does
 */
record Mishap(String name, Reply reply) {
    /** Before a plain answer. */
    static Stream<Mishap> beforeAnAnswer(Wire wire) {
        String answer = wire.answer("never heard");
        return Stream.concat(
                beforeAnything(wire),
                Stream.of(
                        new Mishap("200 with an error", Reply.json(200, wire.error(500))),
                        new Mishap("half an answer", Reply.json(200, answer.substring(0, 40))),
                        new Mishap(
                                "closes in the answer",
                                Reply.announced(200, "application/json", 9000).close())));
    }

    /** Before the first content of a stream. */
    static Stream<Mishap> beforeContent(Wire wire) {
        Frames frames = wire.streamed("never", "heard");
        String error = wire.errorEvent("overloaded_error", "Overloaded");
        return Stream.concat(
                beforeAnything(wire),
                Stream.of(
                        new Mishap("no event", Reply.stream(List.of())),
                        new Mishap("an error first", Reply.stream(List.of(error))),
                        new Mishap("an answer instead", Reply.json(200, wire.answer("never heard"))),
                        new Mishap(
                                "an error after the opening",
                                opened(frames).event(error).end()),
                        new Mishap("ends after the opening", opened(frames).end()),
                        new Mishap("resets after the opening", opened(frames).reset())));
    }

    /** After the first content of a stream. */
    static Stream<Mishap> afterContent(Wire wire) {
        Frames frames = wire.streamed("heard", " so far");
        Reply begun = opened(frames).events(frames.content());
        return Stream.of(
                new Mishap("ends without a marker", begun.end()),
                new Mishap("resets", begun.reset()),
                new Mishap(
                        "cut in an event",
                        begun.event(frames.content().get(0).substring(0, 30)).end()),
                new Mishap(
                        "an error",
                        begun.event(wire.errorEvent("server_error", "broken")).end()));
    }

    private static Stream<Mishap> beforeAnything(Wire wire) {
        return Stream.concat(
                Stream.of(429, 500, 503, 529, 401, 404)
                        .map(status -> new Mishap("status " + status, Reply.json(status, wire.error(status)))),
                Stream.of(
                        new Mishap("drops", Reply.drop()),
                        new Mishap("resets", Reply.silence().reset())));
    }

    private static Reply opened(Frames frames) {
        return Reply.stream().events(frames.opening());
    }

    @Override
    public String toString() {
        return name;
    }
}
