package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's error, in any of the forms that are met: {@code {"error": {…}}}, {@code {"error": "text"}}, the same
 * wrapped in an array (Gemini), flat {@code {"object": "error", "message": …}} (vLLM, Mistral), {@code {"message": …}}
 * (Bedrock, Cohere), {@code {"detail": …}} (FastAPI), or no JSON at all. A {@code code} may be text, a number or null.
 */
public final class ErrorBody {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");
    /** Enough of a text to recognise what it says. */
    private static final int TEXT_LIMIT = 2000;

    private @Nullable String type;
    private @Nullable String code;
    private @Nullable String message;
    private @Nullable Long number;
    private @Nullable Duration retryHint;

    private ErrorBody() {}

    /**
     * The facts of an error answer.
     *
     * @param headers by lower-case name
     */
    public static ErrorFacts read(int status, Map<String, String> headers, byte[] body) {
        ErrorBody error = new ErrorBody();
        try (JsonParser json = JsonFields.parser(body, 0, body.length)) {
            json.nextToken();
            error.value(json);
        } catch (IOException e) {
            error.message = text(body);
        }
        return new ErrorFacts(status, headers, error.type, error.code, error.message, error.retryHint);
    }

    /**
     * The facts of an error inside a 2xx answer or a stream, read from the value of its {@code error} field; null if
     * that says that there is none: null, false or "". A numeric code in the range of HTTP errors takes the place of the status.
     */
    static @Nullable ErrorFacts errorValue(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL
                || token == JsonToken.VALUE_FALSE
                || (token == JsonToken.VALUE_STRING && json.getTextLength() == 0)) {
            return null;
        }
        ErrorBody error = new ErrorBody();
        error.value(json);
        return error.inStream();
    }

    /** The facts of an error event whose data is, as a whole, the error; null if it is not JSON. */
    static ErrorFacts event(StreamEvent event) {
        ErrorBody error = new ErrorBody();
        try (JsonParser json = JsonFields.parser(event.buffer(), event.offset(), event.length())) {
            json.nextToken();
            error.value(json);
        } catch (IOException e) {
            error.message = "error event without JSON";
        }
        return error.inStream();
    }

    /** An error that says nothing of itself but that it is one. */
    static ErrorFacts unnamed(String message) {
        return new ErrorFacts(null, Map.of(), null, null, message, null);
    }

    private ErrorFacts inStream() {
        Integer status = number != null && number >= 400 && number <= 599 ? number.intValue() : null;
        // An event's own type says that it is an error, and no more.
        String named = "error".equals(type) ? null : type;
        return new ErrorFacts(status, Map.of(), named, code, message, retryHint);
    }

    private void value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            JsonFields.each(json, this::field);
        } else if (token == JsonToken.START_ARRAY) {
            elements(json);
        } else if (token == JsonToken.VALUE_STRING) {
            message = orElse(message, json.getText());
        }
    }

    private void elements(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            value(json);
        }
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (name) {
            case "error" -> inner(json);
            case "type", "__type" -> type = orElse(type, JsonFields.text(json));
            case "code" -> code(json);
            // Google's canonical name, RESOURCE_EXHAUSTED, beside a numeric code.
            case "status" -> type = orElse(type, JsonFields.text(json));
            case "error_code" -> code = orElse(JsonFields.text(json), code);
            case "message", "msg" -> message = orElse(message, JsonFields.text(json));
            case "details", "detail", "innererror" -> value(json);
            case "retryDelay" -> retryHint = seconds(JsonFields.text(json));
            default -> {}
        }
    }

    /** What the inner error says is more precise than what surrounds it: {@code "type": "error"} says nothing. */
    private void inner(JsonParser json) throws IOException {
        ErrorBody inner = new ErrorBody();
        inner.value(json);
        type = orElse(inner.type, type);
        code = orElse(inner.code, code);
        message = orElse(inner.message, message);
        number = inner.number == null ? number : inner.number;
        retryHint = inner.retryHint == null ? retryHint : inner.retryHint;
    }

    private void code(JsonParser json) throws IOException {
        Long integer = JsonFields.integer(json);
        number = integer == null ? number : integer;
        if (code == null && json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
            code = json.getText();
        }
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable Duration seconds(@Nullable String text) {
        Matcher matcher = SECONDS.matcher(text == null ? "" : text);
        return matcher.matches() ? Duration.ofMillis((long) (Double.parseDouble(matcher.group(1)) * 1000)) : null;
    }

    private static @Nullable String text(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, TEXT_LIMIT), StandardCharsets.UTF_8);
        return text.isBlank() ? null : text;
    }
}
