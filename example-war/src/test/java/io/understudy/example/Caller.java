package io.understudy.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** An application that calls a gateway with a plain HTTP client, for what an SDK would not send or show. */
final class Caller {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;

    /**
     * A caller.
     *
     * @param url of the gateway, without {@code /v1}
     */
    Caller(String url) {
        this.url = url;
    }

    /** Posts a JSON text to the chat endpoint. */
    HttpResponse<String> chat(String json, String... headers) {
        return chat(BodyPublishers.ofString(json), headers);
    }

    /** Posts bytes to the chat endpoint. */
    HttpResponse<String> chat(byte[] body, String... headers) {
        return chat(BodyPublishers.ofByteArray(body), headers);
    }

    /** Posts whatever to the chat endpoint. */
    HttpResponse<String> chat(BodyPublisher body, String... headers) {
        return post("/v1/chat/completions", body, headers);
    }

    /** Posts a JSON text to the chat endpoint and does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> chatLater(String json) {
        return HTTP.sendAsync(request("/v1/chat/completions", BodyPublishers.ofString(json)), BodyHandlers.ofString());
    }

    /** Posts whatever wherever. */
    HttpResponse<String> post(String path, BodyPublisher body, String... headers) {
        try {
            return HTTP.send(request(path, body, headers), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + path, e);
        }
    }

    private HttpRequest request(String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}
