package io.understudy.example.demo;

import java.util.Objects;

/** Anthropic's counting of a message's tokens. */
final class CountTokensWire implements WireFormat {
    private final WireJson json = new WireJson();

    @Override
    public String path() {
        return "messages/count_tokens";
    }

    @Override
    public ErrorFormat errors() {
        return new AnthropicErrors(json);
    }

    @Override
    public Call read(byte[] body) {
        return json.read(body, request -> {
            Objects.requireNonNull(request.getJsonArray("messages"));
            return Call.of(request, MessagesWire.prompt(request));
        });
    }

    @Override
    public String answer(Call call, Answer answer) {
        return json.object().add("input_tokens", call.promptTokens()).build().toString();
    }
}
