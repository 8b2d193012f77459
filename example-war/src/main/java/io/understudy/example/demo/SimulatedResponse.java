package io.understudy.example.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A response with its timing: the head goes out with the first part, the response ends after the last one. */
record SimulatedResponse(int status, Map<String, String> headers, List<Part> parts) {
    static SimulatedResponse json(int status, Duration pause, String body) {
        return new SimulatedResponse(
                status, Map.of("Content-Type", "application/json"), List.of(new Part(pause, body)));
    }

    static SimulatedResponse stream(List<Part> parts) {
        return new SimulatedResponse(200, Map.of("Content-Type", "text/event-stream"), parts);
    }
}
