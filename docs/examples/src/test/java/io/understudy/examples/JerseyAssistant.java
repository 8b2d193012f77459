package io.understudy.examples;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.CallPolicy;
import io.understudy.core.failover.Failover;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.time.Scheduler;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.ResponseProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.jersey.client.ClientProperties;
import org.jspecify.annotations.Nullable;

/** An assistant behind several providers that are called over Jersey's client, asynchronously. */
public final class JerseyAssistant {
    /** Where a provider is, and its key. */
    public record Provider(String baseUrl, String apiKey) {}

    private static final CallPolicy TERMS = CallPolicy.defaults()
            .withClassifier(FailureClassifier.defaults().reading(JerseyAssistant::answer, InstantSource.system()));

    private final Failover failover;
    private final Map<Candidate, Provider> providers;
    private final Client client;
    private final Scheduler scheduler;

    /**
     * An assistant.
     *
     * @param providers whom each candidate is asked at
     * @param threads for the pauses
     */
    public JerseyAssistant(
            Failover failover, Map<Candidate, Provider> providers, Client client, ScheduledExecutorService threads) {
        this.failover = failover;
        this.providers = Map.copyOf(providers);
        this.client = client;
        this.scheduler = Scheduler.of(threads);
    }

    /** The completion, as the provider sent it; cancelling it ends everything. */
    public CompletableFuture<JsonObject> ask(String question) {
        List<Candidate> candidates = List.copyOf(providers.keySet());
        return failover.callAsync(
                candidates, TERMS, scheduler, (candidate, timeout) -> post(candidate, timeout, question));
    }

    private CompletionStage<JsonObject> post(Candidate candidate, Duration timeout, String question) {
        Provider provider = Objects.requireNonNull(providers.get(candidate));
        JsonObject request = Json.createObjectBuilder()
                .add("model", candidate.model())
                .add(
                        "messages",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("role", "user")
                                        .add("content", question)))
                .build();
        return client.target(provider.baseUrl())
                .path("chat/completions")
                .request()
                .property(ClientProperties.READ_TIMEOUT, millis(timeout))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + provider.apiKey())
                .rx()
                .post(Entity.json(request), JsonObject.class);
    }

    /** As Jersey takes it, to which 0 means for ever. */
    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }

    /** What the provider has answered, as far as an exception of Jersey carries it. */
    private static @Nullable ErrorFacts answer(Throwable thrown) {
        if (thrown instanceof WebApplicationException answered) {
            Response response = answered.getResponse();
            ErrorFacts facts = ErrorFacts.of(response.getStatus()).withHeaders(response.getStringHeaders());
            return said(facts, response.readEntity(String.class));
        }
        // A status of success, and a body that is no JSON object.
        return thrown instanceof ResponseProcessingException ? ErrorFacts.of(200) : null;
    }

    private static ErrorFacts said(ErrorFacts facts, String body) {
        try {
            JsonValue error =
                    Json.createReader(new StringReader(body)).readObject().get("error");
            return error instanceof JsonObject object
                    ? facts.withError(text(object, "type"), text(object, "code"), text(object, "message"))
                    : facts.withError(null, null, body);
        } catch (JsonException notJson) {
            return facts.withError(null, null, body);
        }
    }

    private static @Nullable String text(JsonObject error, String field) {
        return error.getString(field, null);
    }
}
