package io.understudy.example.demo;

import jakarta.json.JsonObjectBuilder;

/** Anthropic's errors. */
record AnthropicErrors(WireJson json) implements ErrorFormat {
    @Override
    public int overloaded() {
        return 529;
    }

    @Override
    public String error(Turn turn, Call call) {
        return whole(turn).build().toString();
    }

    @Override
    public String badRequest(String message) {
        return whole("invalid_request_error", message).build().toString();
    }

    /** A body, which is an event's data as well. */
    JsonObjectBuilder whole(Turn turn) {
        return switch (turn) {
            case RATE_LIMITED -> whole("rate_limit_error", "This request would exceed your organization's rate limit.");
            case OVERLOADED -> whole("overloaded_error", "Overloaded");
            default -> whole("api_error", "Internal server error");
        };
    }

    private JsonObjectBuilder whole(String type, String message) {
        return json.typed("error")
                .add("error", json.typed(type).add("message", message))
                .add("request_id", "req_simulated");
    }
}
