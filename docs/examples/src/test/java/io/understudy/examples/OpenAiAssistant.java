package io.understudy.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.CallPolicy;
import io.understudy.core.failover.Failover;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.time.Sleeper;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An assistant behind several OpenAI-compatible providers. */
public final class OpenAiAssistant {
    private static final CallPolicy TERMS = CallPolicy.defaults()
            .withClassifier(FailureClassifier.defaults().reading(OpenAiAssistant::answer, InstantSource.system()));

    private final Failover failover;
    private final Map<Candidate, OpenAIClient> clients;

    /**
     * An assistant.
     *
     * @param clients for each candidate the one to call it with, built with {@code maxRetries(0)}: retries are the
     *     failover's
     */
    public OpenAiAssistant(Failover failover, Map<Candidate, OpenAIClient> clients) {
        this.failover = failover;
        this.clients = Map.copyOf(clients);
    }

    /** Blocks until somebody has answered; a {@code FailoverException} says that nobody has. */
    public ChatCompletion ask(String question) {
        List<Candidate> candidates = List.copyOf(clients.keySet());
        return failover.call(candidates, TERMS, Sleeper.system(), (candidate, timeout) -> {
            OpenAIClient client = Objects.requireNonNull(clients.get(candidate));
            ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                    .model(candidate.model())
                    .addUserMessage(question)
                    .build();
            RequestOptions options = RequestOptions.builder().timeout(timeout).build();
            return client.chat().completions().create(params, options).validate();
        });
    }

    /** What the provider has answered, as far as an exception of the SDK carries it. */
    private static @Nullable ErrorFacts answer(Throwable thrown) {
        if (thrown instanceof OpenAIServiceException answered) {
            // Not answered.code(), which throws where an upstream leaves it out or writes a number.
            JsonValue error = answered.body();
            return ErrorFacts.of(answered.statusCode())
                    .withHeaders(answered.headers().asMap())
                    .withError(text(error, "type"), text(error, "code"), answered.getMessage());
        }
        // A status of success, and a body that is no completion.
        return thrown instanceof OpenAIInvalidDataException ? ErrorFacts.of(200) : null;
    }

    private static @Nullable String text(JsonValue error, String field) {
        boolean absent = error.isMissing() || error.isNull();
        return absent ? null : error.convert(JsonNode.class).path(field).asText(null);
    }
}
