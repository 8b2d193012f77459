package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider keeps of responses.
 *
 * <table>
 * <caption>Where ids stand</caption>
 * <tr><th>in a request</th><th>in an answer</th></tr>
 * <tr><td>{@code previous_response_id}; {@code conversation}; {@code prompt.id}</td>
 *     <td>{@code id}; {@code conversation.id}</td></tr>
 * <tr><td>an {@code item_reference} in {@code input}</td><td>{@code id} of an item in {@code output} or
 *     {@code data}</td></tr>
 * <tr><td>{@code file_id}, {@code file_ids}, {@code vector_store_ids}, {@code container}, {@code container_id} in
 *     {@code input} and {@code tools}</td><td>{@code file_id}, {@code container_id} there</td></tr>
 * <tr><td>none, but {@code background: true} binds as well</td><td></td></tr>
 * </table>
 */
final class ResponsesState {
    private static final Set<String> ASKED =
            Set.of("file_id", "file_ids", "vector_store_ids", "container", "container_id");
    private static final Set<String> ANSWERED = Set.of("id", "file_id", "container_id");
    /** Schemas and values that belong to the caller's own tools; quotations of files that need not be there any more. */
    private static final Set<String> CLOSED = Set.of("parameters", "arguments", "annotations", "metadata", "headers");

    private ResponsesState() {}

    static StateFinder inRequest() {
        return new InRequest();
    }

    static StateFinder inAnswer() {
        return new InAnswer();
    }

    /** Collects the ids of one item of an output. */
    static StateIds ofItem() {
        return new StateIds(ANSWERED, Set.of("arguments"));
    }

    private static final class InRequest implements StateFinder {
        private final StateIds ids = new StateIds(ASKED, CLOSED);
        private boolean background;

        @Override
        public void value(String name, JsonParser json) throws IOException {
            switch (name) {
                case "previous_response_id" -> ids.add(JsonFields.text(json));
                case "conversation", "prompt" -> ids.idOf(json);
                case "background" -> background = json.currentToken() == JsonToken.VALUE_TRUE;
                case "input" -> input(json);
                case "tools" -> ids.in(json);
                default -> {}
            }
        }

        private void input(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    Item item = new Item();
                    JsonFields.eachIn(json, item::field);
                    ids.add(item.referred());
                }
            }
        }

        @Override
        public StateReferences found() {
            return new StateReferences(
                    background || !ids.ids().isEmpty(), ids.ids().stream().toList());
        }

        /** One item of the input: the reference to another one has an id, and a type or nothing else. */
        private final class Item {
            private @Nullable String type;
            private @Nullable String id;
            private boolean more;

            void field(String name, JsonParser json) throws IOException {
                switch (name) {
                    case "type" -> type = JsonFields.text(json);
                    case "id" -> id = JsonFields.text(json);
                    default -> {
                        more = true;
                        ids.field(name, json);
                    }
                }
            }

            @Nullable
            String referred() {
                return "item_reference".equals(type) || (type == null && !more) ? id : null;
            }
        }
    }

    private static final class InAnswer implements StateFinder {
        private final StateIds ids = ofItem();

        @Override
        public void value(String name, JsonParser json) throws IOException {
            switch (name) {
                case "id" -> ids.add(JsonFields.text(json));
                case "conversation" -> ids.idOf(json);
                case "output", "data" -> ids.in(json);
                default -> {}
            }
        }

        @Override
        public StateReferences found() {
            return StateReferences.to(ids.ids());
        }
    }
}
