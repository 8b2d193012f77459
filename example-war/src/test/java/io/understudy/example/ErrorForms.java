package io.understudy.example;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms in which providers, and what stands before them, tell of an error inside a stream. */
final class ErrorForms {
    private static final String NESTED = "{\"message\":\"Overloaded\",\"type\":\"overloaded_error\",\"code\":null}";
    private static final String FLAT = "\"code\":\"server_error\",\"message\":\"Overloaded\",\"param\":null";

    private ErrorForms() {}

    /** The forms that occur in a dialect, by name; each a whole event, or what its provider takes for one. */
    static Map<String, String> of(Wire wire) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("its own error", wire.errorEvent("overloaded_error", "Overloaded"));
        forms.put("an unnamed error", "data: {\"error\":%s}\n\n".formatted(NESTED));
        forms.put("a named error", "event: error\ndata: {\"error\":%s}\n\n".formatted(NESTED));
        forms.put("a typed error", "event: error\ndata: {\"type\":\"error\",\"error\":%s}\n\n".formatted(NESTED));
        forms.put("a flat error", "event: error\ndata: {\"type\":\"error\",%s}\n\n".formatted(FLAT));
        forms.put("an error in prose", "event: error\ndata: upstream overloaded\n\n");
        forms.put("an error without its blank line", "data: {\"error\":%s}\n".formatted(NESTED));
        if (wire instanceof ChatWire) {
            forms.put(
                    "a chunk with an error",
                    "data: {\"id\":\"gen-1\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\"},"
                            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n");
            forms.put(
                    "a finish that is an error",
                    "data: {\"id\":\"gen-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}\n\n");
            forms.put("an error and the marker", "data: {\"error\":%s}\n\ndata: [DONE]\n\n".formatted(NESTED));
        }
        if (wire instanceof ResponsesWire) {
            forms.put("an unnamed flat error", "data: {\"type\":\"error\",%s}\n\n".formatted(FLAT));
            forms.put(
                    "a failed response",
                    "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":7,\"response\":"
                            + "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"error\":{%s}}}\n\n"
                                    .formatted(FLAT));
        }
        return forms;
    }
}
