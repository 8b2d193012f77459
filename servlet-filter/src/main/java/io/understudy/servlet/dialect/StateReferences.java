package io.understudy.servlet.dialect;

import java.util.Collection;
import java.util.List;

/**
 * What a request refers to of that which one provider keeps and no other has: earlier responses, conversations, files,
 * containers.
 *
 * @param bound whether there is such a thing; even without an id, as where a provider is asked to keep working
 * @param ids what it is called, in the order in which it was found
 */
public record StateReferences(boolean bound, List<String> ids) {
    /** Nothing of the kind: any provider can answer. */
    public static final StateReferences NONE = new StateReferences(false, List.of());

    /** Copies the list. */
    public StateReferences {
        ids = List.copyOf(ids);
    }

    /** References by id; bound if there are any. */
    public static StateReferences to(Collection<String> ids) {
        return new StateReferences(!ids.isEmpty(), List.copyOf(ids));
    }
}
