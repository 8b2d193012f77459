package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the name that the caller used in the place of the model's in answers and events, and changes no other byte. */
public final class ModelRenaming {
    private static final List<String> IN_ANSWER = List.of("model");

    private final byte[] name;
    private final List<String> inEvent;

    /**
     * A renaming of what is answered in a dialect.
     *
     * @param name as a JSON string, in quotes
     */
    public ModelRenaming(Dialect dialect, byte[] name) {
        this.name = name.clone();
        this.inEvent = dialect.modelInEvent();
    }

    /** A whole answer with the caller's name of the model. */
    public byte[] answer(byte[] body) {
        Span model = new Search(IN_ANSWER).in(body, 0, body.length);
        return model == null ? body : Splice.replaced(body, model, name);
    }

    /** An event with the caller's name of the model. */
    public StreamEvent event(StreamEvent event) {
        Span model =
                event.length() == 0 ? null : new Search(inEvent).in(event.buffer(), event.offset(), event.length());
        return model == null ? event : event.withReplaced(model, name);
    }

    /** Finds the string at the end of a path of field names. */
    private static final class Search {
        private final List<String> path;
        private int depth;
        private @Nullable Span found;

        Search(List<String> path) {
            this.path = path;
        }

        @Nullable
        Span in(byte[] bytes, int offset, int length) {
            return JsonFields.object(bytes, offset, length, this::field) ? found : null;
        }

        private void field(String name, JsonParser json) throws IOException {
            if (!name.equals(path.get(depth))) {
                return;
            }
            if (depth == path.size() - 1) {
                found = json.currentToken() == JsonToken.VALUE_STRING ? Span.of(json) : null;
            } else if (json.currentToken() == JsonToken.START_OBJECT) {
                depth++;
                JsonFields.each(json, this::field);
                depth--;
            }
        }
    }
}
