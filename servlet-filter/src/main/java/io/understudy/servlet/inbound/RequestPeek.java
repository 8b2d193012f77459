package io.understudy.servlet.inbound;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a request body, found without building a model of it and without changing a byte: the model, where
 * exactly it stands, and whether a stream is asked for.
 *
 * @param stream the value of {@code stream} if it is a boolean
 * @param hasStream whether there is a {@code stream} at all
 * @param objectStart the offset of the first byte after the opening brace
 */
public record RequestPeek(
        String model, int modelStart, int modelEnd, @Nullable Boolean stream, boolean hasStream, int objectStart) {
    /**
     * Looks into a body.
     *
     * @param others is given every other top-level field
     */
    public static RequestPeek into(byte[] body, JsonFields.Field others) throws Refusal {
        try {
            requireUtf8(body);
            return new Walk(others).through(body);
        } catch (StreamConstraintsException e) {
            throw invalid("the body is nested too deeply (expected: at most " + JsonFields.MAX_DEPTH + " levels)");
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw invalid("the body is not UTF-8");
        }
    }

    private static Refusal invalid(String message) {
        return new Refusal(ApiError.refusal(400, "invalid_body", message));
    }

    private static Refusal missingModel(String message) {
        return new Refusal(ApiError.refusal(400, "missing_model", message));
    }

    private static void requireUtf8(byte[] body) throws Refusal {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(Math.min(body.length, 8192) + 1);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        // UTF-16 and UTF-32 of JSON have NULs, which are valid UTF-8 and can't stand in JSON.
        if (result.isError() || (body.length > 1 && (body[0] == 0 || body[1] == 0))) {
            throw invalid("the body is not UTF-8");
        }
    }

    private static final class Walk {
        private final JsonFields.Field others;
        private @Nullable String model;
        private int modelStart;
        private int modelEnd;
        private @Nullable Boolean stream;
        private boolean hasStream;

        Walk(JsonFields.Field others) {
            this.others = others;
        }

        RequestPeek through(byte[] body) throws IOException, Refusal {
            try (JsonParser json = JsonFields.parser(body, 0, body.length)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw invalid("the body is not a JSON object");
                }
                int objectStart = (int) json.currentLocation().getByteOffset();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    field(json);
                }
                if (json.nextToken() != null) {
                    throw invalid("the body goes on after its JSON object");
                }
                if (model == null) {
                    throw missingModel("the body has no \"model\" (expected: a string)");
                }
                return new RequestPeek(model, modelStart, modelEnd, stream, hasStream, objectStart);
            }
        }

        private void field(JsonParser json) throws IOException, Refusal {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "model" -> model(json, value);
                case "stream" -> stream(value);
                default -> others.value(name, json);
            }
            if (value.isStructStart() && json.currentToken() == value) {
                json.skipChildren();
            }
        }

        private void model(JsonParser json, JsonToken value) throws IOException, Refusal {
            if (model != null) {
                throw invalid("the body has a second \"model\"");
            }
            if (value != JsonToken.VALUE_STRING) {
                throw missingModel("\"model\" is not a string");
            }
            modelStart = (int) json.currentTokenLocation().getByteOffset();
            model = json.getText();
            modelEnd = (int) json.currentLocation().getByteOffset();
        }

        private void stream(JsonToken value) throws Refusal {
            if (hasStream) {
                throw invalid("the body has a second \"stream\"");
            }
            hasStream = true;
            stream = value.isBoolean() ? value == JsonToken.VALUE_TRUE : null;
        }
    }
}
