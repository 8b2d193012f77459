package io.understudy.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.CallPolicy;
import io.understudy.core.failover.Failover;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.time.Sleeper;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model that is several models: when one fails, the next one answers. */
public final class FailoverChatModel implements ChatModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CallPolicy TERMS = CallPolicy.defaults()
            .withClassifier(FailureClassifier.defaults().reading(FailoverChatModel::answer, InstantSource.system()));

    private final Failover failover;
    private final Map<Candidate, ChatModel> models;

    /**
     * A model.
     *
     * @param models what each candidate stands for, built with {@code maxRetries(0)}, as retries are the failover's, and
     *     with a {@code timeout}, which calls cannot be given
     */
    public FailoverChatModel(Failover failover, Map<Candidate, ChatModel> models) {
        this.failover = failover;
        this.models = Map.copyOf(models);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        List<Candidate> candidates = List.copyOf(models.keySet());
        return failover.call(candidates, TERMS, Sleeper.system(), (candidate, timeout) -> Objects.requireNonNull(
                        models.get(candidate))
                .chat(request));
    }

    /** What all of them can do. */
    @Override
    public Set<Capability> supportedCapabilities() {
        Set<Capability> common = new HashSet<>(Set.of(Capability.values()));
        models.values().forEach(model -> common.retainAll(model.supportedCapabilities()));
        return common;
    }

    /** What the provider has answered: LangChain4j's own exceptions have it as their cause. */
    private static @Nullable ErrorFacts answer(Throwable thrown) {
        if (thrown instanceof HttpException answered) {
            return said(ErrorFacts.of(answered.statusCode()), Objects.requireNonNullElse(answered.getMessage(), ""));
        }
        // A status of success, and a body that is no completion.
        return thrown instanceof JsonProcessingException ? ErrorFacts.of(200) : null;
    }

    private static ErrorFacts said(ErrorFacts facts, String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.isObject()
                    ? facts.withError(text(error, "type"), text(error, "code"), text(error, "message"))
                    : facts.withError(null, null, body);
        } catch (JsonProcessingException notJson) {
            return facts.withError(null, null, body);
        }
    }

    private static @Nullable String text(JsonNode error, String field) {
        return error.path(field).asText(null);
    }
}
