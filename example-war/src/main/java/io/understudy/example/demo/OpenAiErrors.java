package io.understudy.example.demo;

import jakarta.json.JsonObjectBuilder;

/** OpenAI's errors. */
record OpenAiErrors(WireJson json) implements ErrorFormat {
    @Override
    public int overloaded() {
        return 503;
    }

    @Override
    public String error(Turn turn, Call call) {
        return body(details(turn, call));
    }

    @Override
    public String badRequest(String message) {
        return body(details(message, "invalid_request_error", "invalid_json"));
    }

    /** What is inside of a body. */
    JsonObjectBuilder details(Turn turn, Call call) {
        return switch (turn) {
            case RATE_LIMITED ->
                details(
                        "Rate limit reached for " + call.model() + " on requests per min (RPM): Limit 3, Used 3.",
                        "requests",
                        "rate_limit_exceeded");
            case OVERLOADED ->
                details(
                        "The engine is currently overloaded, please try again later.",
                        "service_unavailable_error",
                        "server_is_overloaded");
            default ->
                details("The server had an error while processing your request.", "server_error", "server_error");
        };
    }

    private JsonObjectBuilder details(String message, String type, String code) {
        return json.object()
                .add("message", message)
                .add("type", type)
                .addNull("param")
                .add("code", code);
    }

    private String body(JsonObjectBuilder details) {
        return json.object().add("error", details).build().toString();
    }
}
