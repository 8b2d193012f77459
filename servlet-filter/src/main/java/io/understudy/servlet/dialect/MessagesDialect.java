package io.understudy.servlet.dialect;

import java.util.List;

/**
 * Anthropic Messages.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Anthropic, Messages</a>
 */
final class MessagesDialect implements Dialect {
    /** Sent with every request by Anthropic's SDKs, and by no other. */
    private static final String VERSION = "anthropic-version";

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(this, "/messages", Operation.GENERATE),
                Endpoint.post(this, "/messages/count_tokens", Operation.COMPUTE),
                Endpoint.models(this, "/models", VERSION),
                Endpoint.models(this, "/models/{model}", VERSION));
    }

    @Override
    public List<String> modelInEvent() {
        return List.of("message", "model");
    }

    @Override
    public StateFinder stateInRequest() {
        return new MessagesState();
    }

    @Override
    public StateFinder stateInAnswer() {
        return new MessagesState();
    }

    @Override
    public StreamReader newStream() {
        return new MessagesStream();
    }

    @Override
    public byte[] errorBody(ApiError error, String requestId) {
        return AnthropicErrors.body(error, requestId);
    }

    @Override
    public byte[] modelList(List<String> names) {
        return AnthropicModels.list(names);
    }

    @Override
    public byte[] model(String name) {
        return AnthropicModels.one(name);
    }

    @Override
    public String requestIdHeader() {
        return AnthropicErrors.REQUEST_ID;
    }
}
