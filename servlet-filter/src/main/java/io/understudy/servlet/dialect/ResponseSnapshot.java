package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A response object as an event of its stream showed it, kept to be shown once more as failed: the same bytes but for
 * {@code status} and {@code error}. Of one that is too long only {@code id}, {@code object} and {@code model} are kept.
 */
final class ResponseSnapshot {
    /** The longest one that is kept whole, in bytes. */
    static final int MAX_LENGTH = 64 * 1024;

    /** After the opening brace. */
    private static final Span FIRST = new Span(1, 1);

    private final byte[] object;

    private ResponseSnapshot(byte[] object) {
        this.object = object;
    }

    /** The object in a range of an event's data. */
    static ResponseSnapshot of(StreamEvent event, Span range, String id, @Nullable String model) {
        return range.length() > MAX_LENGTH ? essence(id, model) : new ResponseSnapshot(onOneLine(event, range));
    }

    /** Where data came on several lines, their ends are white space between tokens, and would end a line of ours. */
    private static byte[] onOneLine(StreamEvent event, Span range) {
        int start = event.offset() + range.start();
        byte[] bytes = Arrays.copyOfRange(event.buffer(), start, start + range.length());
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' || bytes[i] == '\r' ? (byte) ' ' : bytes[i];
        }
        return bytes;
    }

    /** An object of which only this is known. */
    static ResponseSnapshot essence(String id, @Nullable String model) {
        return new ResponseSnapshot(JsonFields.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", "response");
            if (model != null) {
                json.writeStringField("model", model);
            }
            json.writeArrayFieldStart("output");
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** The object with the status {@code failed} and this error. */
    byte[] failed(String code, String message) {
        Fields fields = new Fields();
        JsonFields.object(object, 0, object.length, fields::field);
        byte[] error = JsonFields.write(json -> {
            json.writeStartObject();
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
        byte[] status = Splice.ascii("\"failed\"");
        return fields.statusComesLater()
                ? set("error", fields.error, error, set("status", fields.status, status, object))
                : set("status", fields.status, status, set("error", fields.error, error, object));
    }

    private static byte[] set(String name, @Nullable Span present, byte[] value, byte[] original) {
        return present == null
                ? Splice.replaced(
                        original, FIRST, Splice.joined(Splice.ascii("\"" + name + "\":"), value, Splice.ascii(",")))
                : Splice.replaced(original, present, value);
    }

    private static final class Fields {
        private @Nullable Span status;
        private @Nullable Span error;

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "status" -> status = Span.of(json);
                case "error" -> error = Span.of(json);
                default -> {}
            }
        }

        /** What comes later is replaced first, so that the other one stays where it was found. */
        boolean statusComesLater() {
            return status != null && (error == null || error.start() < status.start());
        }
    }
}
