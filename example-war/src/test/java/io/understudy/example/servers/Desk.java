package io.understudy.example.servers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.understudy.servlet.testing.RawAnswer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Where those who operate one application look: its admin resources. */
record Desk(Caller caller, String context) {
    /** The header by which an exchange is found again in the records. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** An admin resource, named with its leading slash. */
    RawAnswer look(String resource) {
        return caller.send("GET " + context + "/understudy" + resource);
    }

    /** An admin resource that must be a JSON object. */
    JsonObject object(String resource) {
        try (JsonReader reader = reader(resource)) {
            return reader.readObject();
        }
    }

    /** What an admin resource shows as soon as it shows what it should: some follows a moment after the answer. */
    JsonObject object(String resource, Predicate<JsonObject> complete) {
        await(resource + " complete at " + context, () -> complete.test(object(resource)));
        return object(resource);
    }

    /** The records of one request, newest first; it must become one at least. */
    List<JsonObject> recordsOf(String requestId) {
        await("a record of " + requestId, () -> !find(requestId).isEmpty());
        return find(requestId);
    }

    /** Waits until the application knows a model, because it has taken over the configuration that names it. */
    void awaitModel(String model) {
        await(model + " at " + context, () -> look("/explain?model=" + model).status() == 200);
    }

    private List<JsonObject> find(String requestId) {
        try (JsonReader reader = reader("/exchanges")) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(exchange -> exchange.getString("requestId").equals(requestId))
                    .toList();
        }
    }

    private JsonReader reader(String resource) {
        return Json.createReader(new StringReader(look(resource).text()));
    }

    /** Looks again and again: nobody tells when. */
    private static void await(String what, BooleanSupplier there) {
        long start = System.nanoTime();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError(what + " (expected within " + PATIENCE + ")");
            }
            new CompletableFuture<>().completeOnTimeout(null, 50, MILLISECONDS).join();
        }
    }
}
