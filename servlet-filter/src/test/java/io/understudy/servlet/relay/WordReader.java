package io.understudy.servlet.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Signal;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.dialect.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dialect of single words: {@code open}, {@code finish} (which makes the answer whole), {@code reopen} (which makes it
 * unfinished again), {@code end}, {@code error}; {@code junk…} is malformed, anything else content.
 */
final class WordReader implements StreamReader {
    private boolean whole;
    private boolean ended;

    /** An event of one word, as it stands in a stream. */
    static String event(String word) {
        return "data: " + word + "\n\n";
    }

    @Override
    public Signal read(StreamEvent event) {
        String word = new String(event.buffer(), event.offset(), event.length(), UTF_8);
        return switch (word) {
            case "open" -> Signal.OPENING;
            case "finish" -> {
                whole = true;
                yield Signal.CONTENT;
            }
            case "reopen" -> {
                whole = false;
                yield Signal.CONTENT;
            }
            case "end" -> {
                whole = true;
                ended = true;
                yield Signal.END;
            }
            case "error" -> Signal.error(new ErrorFacts(null, Map.of(), "a_type", "a_code", "a message", null));
            default -> word.startsWith("junk") ? Signal.MALFORMED : Signal.CONTENT;
        };
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public byte[] closing() {
        return (whole && !ended ? event("closing") : "").getBytes(UTF_8);
    }

    @Override
    public byte[] errorFrames(ApiError error, String requestId, @Nullable String model) {
        return event("broken").getBytes(UTF_8);
    }

    @Override
    public Usage usage() {
        return Usage.UNKNOWN;
    }
}
