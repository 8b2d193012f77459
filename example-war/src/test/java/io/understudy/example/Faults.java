package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.List;
import java.util.stream.Stream;

/** The ways in which a provider fails before it has said anything, and how often it is asked in each of them. */
final class Faults {
    private static final Frames FRAMES = FIRST.streamed("never", " heard");

    private Faults() {}

    /** What may happen to any request. */
    static Stream<Fault> ofAnyRequest() {
        return Stream.of(
                status(500, 2, "server_error"),
                status(502, 2, "server_error"),
                status(503, 2, "overloaded"),
                status(529, 2, "overloaded"),
                status(429, 2, "rate_limited"),
                status(429, 2, "rate_limited", "Retry-After", "1"),
                status(429, 1, "rate_limited", "Retry-After", "20"),
                status(401, 1, "unauthorized"),
                status(404, 1, "unavailable"),
                status(302, 1, "bad_answer", "Location", "http://127.0.0.1:9/"),
                new Fault("refuses", ScriptedUpstream::refuse, 2, "-;connection"),
                new Fault("resets at connect", ScriptedUpstream::resetAtConnect, 2, "-;connection"),
                Fault.always("resets after reading", Reply.silence().reset(), 2, "-;connection"),
                Fault.always("drops after reading", Reply.drop(), 2, "-;connection"),
                Fault.always("empty 200", Reply.json(200, ""), 1, "200;bad_answer"),
                Fault.always("200 with an error", Reply.json(200, FIRST.error(400)), 1, "200;bad_answer"));
    }

    /** What may happen to a plain answer. */
    static Stream<Fault> ofPlainAnswers() {
        String answer = FIRST.answer("never heard");
        String cut = answer.substring(0, 100);
        return Stream.of(
                Fault.always("200 with half a JSON", Reply.json(200, cut), 1, "200;bad_answer"),
                Fault.always("200 with a page", Reply.json(200, "<html>Welcome</html>"), 1, "200;bad_answer"),
                Fault.always(
                        "closes in the middle of a body",
                        Reply.announced(200, "application/json", answer.length())
                                .write(cut.getBytes(UTF_8))
                                .close(),
                        2,
                        "200;connection"),
                Fault.always(
                        "closes in the middle of a chunk",
                        Reply.chunked(200, "application/json").halfChunk(cut).close(),
                        2,
                        "200;connection"));
    }

    /** What may happen to a stream before its first content. */
    static Stream<Fault> ofStreams() {
        String error = FIRST.errorEvent("server_error", "Something went wrong.");
        return Stream.of(
                Fault.always("error event first", Reply.stream(List.of(error)), 2, "200;server_error"),
                Fault.always(
                        "error event after the opening",
                        afterOpening().event(error).end(),
                        2,
                        "200;server_error"),
                Fault.always(
                        "overloaded event first",
                        Reply.stream(List.of(FIRST.errorEvent("server_is_overloaded", "Too busy."))),
                        2,
                        "200;overloaded"),
                Fault.always("no event at all", Reply.stream(List.of()), 1, "200;bad_answer"),
                Fault.always("only comments", Reply.stream(List.of(": busy\n\n", ": busy\n\n")), 1, "200;bad_answer"),
                Fault.always("resets after the headers", Reply.stream().reset(), 2, "200;connection"),
                Fault.always("resets after the opening", afterOpening().reset(), 2, "200;connection"),
                Fault.always("ends after the opening", afterOpening().end(), 1, "200;bad_answer"),
                Fault.always(
                        "cut inside the first content",
                        afterOpening().event(cut()).end(),
                        1,
                        "200;bad_answer"),
                Fault.always(
                        "closes in a chunk", afterOpening().halfChunk(cut()).close(), 2, "200;connection"));
    }

    private static Fault status(int status, int attempts, String kind, String... headers) {
        return Fault.always(
                "%d %s".formatted(status, String.join(": ", headers)).strip(),
                Reply.json(status, FIRST.error(status), headers),
                attempts,
                "%d;%s".formatted(status, kind));
    }

    private static Reply afterOpening() {
        return Reply.stream().events(FRAMES.opening());
    }

    private static String cut() {
        return FRAMES.content().get(0).substring(0, 60);
    }
}
