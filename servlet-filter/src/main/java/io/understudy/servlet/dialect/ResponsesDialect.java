package io.understudy.servlet.dialect;

import java.util.List;

/**
 * OpenAI Responses.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI, Responses</a>
 */
final class ResponsesDialect implements OpenAiDialect {
    @Override
    public String name() {
        return "responses";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(this, "/responses", Operation.GENERATE),
                new Endpoint(this, "GET", "/responses/{id}", Operation.STATE),
                new Endpoint(this, "DELETE", "/responses/{id}", Operation.STATE),
                new Endpoint(this, "GET", "/responses/{id}/input_items", Operation.STATE),
                Endpoint.post(this, "/responses/{id}/cancel", Operation.STATE));
    }

    @Override
    public StateFinder stateInRequest() {
        return ResponsesState.inRequest();
    }

    @Override
    public StateFinder stateInAnswer() {
        return ResponsesState.inAnswer();
    }

    @Override
    public StreamReader newStream() {
        return new ResponsesStream();
    }
}
