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
                Endpoint.state(this, "GET", "/responses/{id}"),
                Endpoint.state(this, "DELETE", "/responses/{id}"),
                Endpoint.state(this, "GET", "/responses/{id}/input_items"),
                Endpoint.state(this, "POST", "/responses/{id}/cancel"));
    }

    @Override
    public List<String> modelInEvent() {
        return List.of("response", "model");
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
