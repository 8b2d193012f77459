package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Set;

/**
 * What a provider keeps of messages: in a request and in an answer, the {@code container}, by itself or as an object with
 * an {@code id}, and every {@code file_id} in the messages or in the content, but in the {@code input} of a tool.
 */
final class MessagesState implements StateFinder {
    private final StateIds ids = new StateIds(Set.of("file_id"), Set.of("input"));

    @Override
    public void value(String name, JsonParser json) throws IOException {
        switch (name) {
            case "container" -> ids.idOf(json);
            case "messages", "content" -> ids.in(json);
            default -> {}
        }
    }

    @Override
    public StateReferences found() {
        return StateReferences.to(ids.ids());
    }
}
