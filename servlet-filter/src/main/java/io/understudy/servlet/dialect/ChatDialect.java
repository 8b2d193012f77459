package io.understudy.servlet.dialect;

import java.util.List;

/**
 * OpenAI Chat Completions.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI, Chat Completions</a>
 */
final class ChatDialect implements OpenAiDialect {
    @Override
    public String name() {
        return "chat";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(this, "/chat/completions", Operation.GENERATE),
                Endpoint.models(this, "/models", null),
                Endpoint.models(this, "/models/{model}", null));
    }

    @Override
    public StreamReader newStream() {
        return new ChatStream();
    }
}
