package io.understudy.servlet.dialect;

/**
 * Errors as OpenAI writes them: all four keys always there.
 *
 * @see <a href="https://github.com/openai/openai-openapi">ErrorResponse in OpenAI's specification</a>
 */
final class OpenAiErrors {
    static final String REQUEST_ID = "x-request-id";

    private OpenAiErrors() {}

    static byte[] body(ApiError error) {
        String type = error.callersFault() ? "invalid_request_error" : "upstream_error";
        return write(error.message(), type, error.code());
    }

    static byte[] write(String message, String type, String code) {
        return JsonFields.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", type);
            json.writeNullField("param");
            json.writeStringField("code", code);
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
