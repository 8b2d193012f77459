package io.understudy.example.servers;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Somebody who calls what is deployed in a server. */
record Caller(int port) {
    /** Posts a request and reads the whole answer. */
    RawAnswer post(String path, String json) {
        try (RawCaller caller = RawCaller.connect(port)) {
            return caller.postJson(path, json).answer();
        }
    }

    /** Posts a request whose answer is to be read bit by bit, by somebody who takes in little at a time. */
    RawCaller open(String path, String json) {
        return RawCaller.connectNarrow(port).postJson(path, json);
    }

    /** Posts a request and waits for the answer's body as long as it takes. */
    CompletableFuture<String> postPatiently(String path, String json, String accept) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(json))
                .build();
        return client().sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return client().send(request, BodyHandlers.ofString()).body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
