package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Pin;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's {@code model} means: an exact name, or a name with a provider behind its last {@code @}. The header
 * {@code X-Understudy-Provider} names a provider as well, and wins; the suffix is taken off all the same.
 *
 * @param model the configured name
 */
record ModelChoice(String model, List<Candidate> offers, @Nullable Pin pin) {
    /** What a model's name is resolved against. */
    static ModelChoice of(String asked, @Nullable Pin headerPin, Settings settings) throws Refusal {
        List<Candidate> exact = settings.models().get(asked);
        if (exact != null) {
            return new ModelChoice(asked, exact, headerPin);
        }
        int at = asked.lastIndexOf('@');
        if (at > 0 && settings.canBePinned(asked.substring(at + 1))) {
            String name = asked.substring(0, at);
            List<Candidate> offers = settings.models().get(name);
            if (offers != null) {
                Pin suffixPin = new Pin(asked.substring(at + 1));
                return new ModelChoice(name, offers, headerPin == null ? suffixPin : headerPin);
            }
        }
        throw new Refusal(ApiError.refusal(
                404,
                "model_not_found",
                "the model " + Quoted.of(asked) + " is not configured (expected: a name of \"models\")"));
    }

    /** The provider that a request's header names, or null. */
    static @Nullable Pin pin(InboundRequest request) throws Refusal {
        String header = request.header("x-understudy-provider");
        return header == null ? null : new Pin(decoded(header));
    }

    private static String decoded(String header) throws Refusal {
        try {
            return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(ApiError.refusal(
                    400, "invalid_header", "X-Understudy-Provider is not percent-encoded: " + Quoted.of(header)));
        }
    }
}
