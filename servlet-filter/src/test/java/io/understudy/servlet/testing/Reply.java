package io.understudy.servlet.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a {@link ScriptedUpstream} does about one request, step by step. A reply is immutable; each method answers a new
 * one with a step more.
 *
 * <p>After its last step the connection is kept for the next request, unless a step has closed it.
 */
public final class Reply {
    private final Reading reading;
    private final List<Step> steps;

    private Reply(Reading reading, List<Step> steps) {
        this.reading = reading;
        this.steps = List.copyOf(steps);
    }

    /** A complete answer of known length. */
    public static Reply answer(int status, String contentType, byte[] body, String... headers) {
        return announced(status, contentType, body.length, headers).write(body);
    }

    /** The head of an answer that announces so many bytes; they are to follow, or not. */
    public static Reply announced(int status, String contentType, int length, String... headers) {
        return head(status, contentType, "Content-Length", String.valueOf(length), headers);
    }

    /** A complete JSON answer. */
    public static Reply json(int status, String body, String... headers) {
        return answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** A complete JSON answer in two chunks. */
    public static Reply chunkedJson(int status, String body, String... headers) {
        int half = body.length() / 2;
        return chunked(status, "application/json", headers)
                .event(body.substring(0, half))
                .event(body.substring(half))
                .end();
    }

    /** The head of an answer in chunks, which are to follow. */
    public static Reply chunked(int status, String contentType, String... headers) {
        return head(status, contentType, "Transfer-Encoding", "chunked", headers);
    }

    /** The head of an event stream with status 200; events are to follow. */
    public static Reply stream(String... headers) {
        return chunked(200, "text/event-stream; charset=utf-8", headers);
    }

    /** A whole event stream with a proper end. */
    public static Reply stream(List<String> events) {
        return stream().events(events).end();
    }

    /** Nothing at all, yet: the request is read and that is it. */
    public static Reply silence() {
        return new Reply(new Reading.Everything(), List.of());
    }

    /** Reads the request and closes the connection without a byte. */
    public static Reply drop() {
        return silence().close();
    }

    private static Reply head(int status, String contentType, String frame, String frameValue, String... headers) {
        String head = "HTTP/1.1 %d Scripted\r\n".formatted(status)
                + Headers.of("Content-Type", contentType, frame, frameValue).onTheWire()
                + Headers.of(headers).onTheWire()
                + "\r\n";
        return silence().write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Answers when the head is there; the body is never read, so the last step should close the connection. */
    public Reply unread() {
        return reading(new Reading.Head());
    }

    /** Reads so much of the request's body and the rest when the gate is open. */
    public Reply readingSlowly(int bytes, Gate gate) {
        return reading(new Reading.Held(bytes, gate));
    }

    /** The same, but not before the test opens the gate. */
    public Reply notBefore(Gate gate) {
        return new Reply(
                reading,
                Stream.concat(Stream.of(new Step.Await(gate)), steps.stream()).toList());
    }

    /** Bytes as they are, whatever they mean. */
    public Reply write(byte[] bytes) {
        return with(new Step.Write(bytes));
    }

    /** One event, or any piece of text, as one chunk. */
    public Reply event(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return write(chunk(content, content.length));
    }

    /** An event, as one chunk, that is made when its turn comes. */
    public Reply event(Supplier<String> text) {
        return with(new Step.WriteThen(() -> {
            byte[] content = text.get().getBytes(StandardCharsets.UTF_8);
            return chunk(content, content.length);
        }));
    }

    /** The same event so many times, each as one chunk, without ever being held as a whole. */
    public Reply flood(String text, int times) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return with(new Step.WriteOften(chunk(content, content.length), times));
    }

    /** Events, each as one chunk. */
    public Reply events(List<String> texts) {
        return texts.stream().reduce(this, Reply::event, (first, second) -> second);
    }

    /** A chunk that announces twice as much as it then holds. */
    public Reply halfChunk(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] chunk = chunk(content, 2 * content.length);
        return with(new Step.Write(chunk).part(0, chunk.length - 2));
    }

    /** The proper end of a chunked body. */
    public Reply end() {
        return write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Goes on when the test opens the gate. */
    public Reply await(Gate gate) {
        return with(new Step.Await(gate));
    }

    /** Goes on after a real stretch of time; for tests that are about time. */
    public Reply after(Duration time) {
        return with(new Step.Gap(time));
    }

    /** Does nothing more until the peer closes the connection. */
    public Reply stall() {
        return with(new Step.Stall());
    }

    /** Closes the connection in order. */
    public Reply close() {
        return with(new Step.Close());
    }

    /** Breaks the connection off. */
    public Reply reset() {
        return with(new Step.Reset());
    }

    /** The same bytes, cut in pieces that are flushed one by one. */
    public Reply inPiecesOf(int bytes) {
        return splitAt(
                IntStream.iterate(bytes, at -> at < length(), at -> at + bytes).toArray());
    }

    /** The same bytes, cut in two at each of the offsets, counted from the first byte of the head. */
    public Reply splitAt(int... offsets) {
        List<Step> pieces = new ArrayList<>();
        int start = 0;
        for (Step step : steps) {
            pieces.addAll(step instanceof Step.Write write ? write.splitAt(start, offsets) : List.of(step));
            start += length(step);
        }
        return new Reply(reading, pieces);
    }

    Reading reading() {
        return reading;
    }

    List<Step> steps() {
        return steps;
    }

    private int length() {
        return steps.stream().mapToInt(Reply::length).sum();
    }

    private static int length(Step step) {
        return step instanceof Step.Write write ? write.length() : 0;
    }

    private Reply reading(Reading other) {
        return new Reply(other, steps);
    }

    private Reply with(Step step) {
        return new Reply(reading, Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    private static byte[] chunk(byte[] content, int announced) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(announced) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        chunk.writeBytes(content);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return chunk.toByteArray();
    }
}
