package io.understudy.servlet.exchange;

import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Dialect;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which models there are, out of the configuration: nobody is called, and nothing recorded. */
public final class Catalogue {
    private Catalogue() {}

    /**
     * Writes the models that a caller may use or, if the path names one, that one.
     *
     * @param caller whose key was shown, null if callers need none
     * @throws Refusal if there is no such model for this caller
     */
    public static void write(
            Services services, InboundRequest request, @Nullable ClientKey caller, HttpServletResponse response)
            throws IOException, Refusal {
        List<String> names = services.settings().models().keySet().stream()
                .filter(name -> caller == null
                        || caller.models() == null
                        || caller.models().contains(name))
                .toList();
        ImmediateAnswer.write(services, new Journal(request), response, 200, body(names, request));
    }

    private static byte[] body(List<String> names, InboundRequest request) throws Refusal {
        Dialect dialect = request.endpoint().dialect();
        String asked = request.variable();
        if (asked == null) {
            return dialect.modelList(names);
        }
        if (!names.contains(asked)) {
            throw new Refusal(ApiError.refusal(
                    404,
                    "model_not_found",
                    "the model " + Quoted.of(asked) + " is not configured (expected: a name of \"models\")"));
        }
        return dialect.model(asked);
    }
}
