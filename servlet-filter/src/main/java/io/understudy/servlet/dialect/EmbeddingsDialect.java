package io.understudy.servlet.dialect;

import java.util.List;

/**
 * OpenAI Embeddings: never streamed, and worthless beside those of another model.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI, Embeddings</a>
 */
final class EmbeddingsDialect implements OpenAiDialect {
    @Override
    public String name() {
        return "embeddings";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post(this, "/embeddings", Operation.COMPUTE));
    }

    @Override
    public boolean isBoundToModel() {
        return true;
    }

    @Override
    public StreamReader newStream() {
        throw new IllegalStateException("embeddings are never streamed");
    }
}
