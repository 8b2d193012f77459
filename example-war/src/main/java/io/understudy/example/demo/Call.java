package io.understudy.example.demo;

import jakarta.json.JsonObject;

/**
 * What a simulated provider takes from a request.
 *
 * @param request the whole of it, for what only its own wire format looks at
 */
record Call(String model, boolean stream, int promptTokens, JsonObject request) {
    private static final int LETTERS_PER_TOKEN = 4;

    /**
     * Takes what all requests have.
     *
     * @param prompt what the model is given to read
     */
    static Call of(JsonObject request, String prompt) {
        return new Call(
                request.getString("model"),
                request.getBoolean("stream", false),
                prompt.length() / LETTERS_PER_TOKEN,
                request);
    }
}
