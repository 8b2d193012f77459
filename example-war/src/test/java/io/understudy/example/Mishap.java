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
        Reply opened = Reply.stream().events(wire.streamed("never").opening());
        return Stream.of(
                        beforeAnything(wire),
                        Stream.of(
                                new Mishap("is silent", Reply.silence().stall()),
                                new Mishap("no event", Reply.stream(List.of())),
                                new Mishap("an answer instead", Reply.json(200, wire.answer("never heard"))),
                                new Mishap("an error instead", Reply.json(200, wire.error(503)))),
                        errors("first", wire, Reply.stream()),
                        breaks("after the opening", wire, opened))
                .flatMap(each -> each);
    }

    /** After the first content of a stream. */
    static Stream<Mishap> afterContent(Wire wire) {
        Frames frames = wire.streamed("heard", " so far");
        Reply begun = Reply.stream().events(frames.opening()).events(frames.content());
        return breaks("after content", wire, begun);
    }

    private static Stream<Mishap> breaks(String when, Wire wire, Reply begun) {
        String content = wire.streamed("cut off").content().get(0);
        String cut = content.substring(0, content.length() - 20);
        return Stream.concat(
                Stream.of(
                        new Mishap("closes " + when, begun.close()),
                        new Mishap(
                                "closes in an event " + when,
                                begun.halfChunk(cut).close()),
                        new Mishap("resets " + when, begun.reset()),
                        new Mishap(
                                "resets in an event " + when, begun.event(cut).reset()),
                        new Mishap("ends " + when, begun.end()),
                        new Mishap("ends in an event " + when, begun.event(cut).end()),
                        new Mishap("falls silent " + when, begun.stall()),
                        new Mishap(
                                "falls silent in an event " + when,
                                begun.event(cut).stall())),
                errors(when, wire, begun));
    }

    private static Stream<Mishap> errors(String when, Wire wire, Reply begun) {
        return ErrorForms.of(wire).entrySet().stream()
                .map(form -> new Mishap(
                        form.getKey() + " " + when, begun.event(form.getValue()).end()));
    }

    private static Stream<Mishap> beforeAnything(Wire wire) {
        return Stream.concat(
                Stream.of(429, 500, 503, 529, 401, 404)
                        .map(status -> new Mishap("status " + status, Reply.json(status, wire.error(status)))),
                Stream.of(
                        new Mishap("drops", Reply.drop()),
                        new Mishap("resets", Reply.silence().reset())));
    }

    @Override
    public String toString() {
        return name;
    }
}
