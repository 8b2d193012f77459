package io.understudy.servlet.dialect;

import java.util.List;

/**
 * The dialects that the gateway speaks: the one place that lists them. Messages comes first, because what it shares with
 * another is meant for it only with a header.
 */
public final class Dialects {
    private static final List<Dialect> ALL =
            List.of(new MessagesDialect(), new ChatDialect(), new ResponsesDialect(), new EmbeddingsDialect());

    private static final List<Endpoint> ENDPOINTS =
            ALL.stream().flatMap(dialect -> dialect.endpoints().stream()).toList();

    private Dialects() {}

    /** Everything that the gateway answers, in the order in which a request is compared with it. */
    public static List<Endpoint> endpoints() {
        return ENDPOINTS;
    }
}
