package io.understudy.servlet.dialect;

/**
 * Errors as Anthropic writes them.
 *
 * <table>
 * <caption>Types by status</caption>
 * <tr><th>status</th><th>type</th></tr>
 * <tr><td>400, and any other 4xx of a refusal</td><td>{@code invalid_request_error}</td></tr>
 * <tr><td>401</td><td>{@code authentication_error}</td></tr>
 * <tr><td>403</td><td>{@code permission_error}</td></tr>
 * <tr><td>404</td><td>{@code not_found_error}</td></tr>
 * <tr><td>413</td><td>{@code request_too_large}</td></tr>
 * <tr><td>429</td><td>{@code rate_limit_error}</td></tr>
 * <tr><td>503, 529</td><td>{@code overloaded_error}</td></tr>
 * <tr><td>504</td><td>{@code timeout_error}</td></tr>
 * <tr><td>any other</td><td>{@code api_error}</td></tr>
 * </table>
 *
 * @see <a href="https://docs.anthropic.com/en/api/errors">Anthropic, errors</a>
 */
final class AnthropicErrors {
    static final String REQUEST_ID = "request-id";

    private AnthropicErrors() {}

    static byte[] body(ApiError error, String requestId) {
        return write(type(error), error.message(), requestId);
    }

    static String type(ApiError error) {
        return switch (error.status()) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> error.callersFault() && error.status() < 500 ? "invalid_request_error" : "api_error";
        };
    }

    static byte[] write(String type, String message, String requestId) {
        return JsonFields.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
        });
    }
}
