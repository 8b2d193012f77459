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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Somebody who calls what is deployed in a server. */
record Caller(int port) {
    /** Posts a request and reads the whole answer. */
    RawAnswer post(String path, String json) {
        try (RawCaller caller = RawCaller.connect(port)) {
            return caller.postJson(path, json).answer();
        }
    }

    /** The same, as somebody whom the server is to know. */
    RawAnswer post(Account account, String path, String json) {
        try (RawCaller caller = open(account, path, json)) {
            return caller.answer();
        }
    }

    /** Posts a request, as somebody whom the server is to know, whose answer is to be read bit by bit. */
    RawCaller open(Account account, String path, String json) {
        return openWith(path, json, "Authorization", account.basic());
    }

    /** Posts a request with further headers whose answer is to be read bit by bit. */
    RawCaller openWith(String path, String json, String... headers) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return RawCaller.connect(port)
                .post(
                        path,
                        body,
                        Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                                .toArray(String[]::new));
    }

    /** Sends a request line without a body. */
    RawAnswer send(String requestLine) {
        try (RawCaller caller = RawCaller.connect(port)) {
            return caller.send("%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(requestLine, port))
                    .answer();
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
