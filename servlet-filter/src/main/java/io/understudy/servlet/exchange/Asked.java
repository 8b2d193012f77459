package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.RequestPeek;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for, once its body has been read.
 *
 * @param streamed whether the answer is to be a stream
 * @param candidates who can be asked, in the order of the configuration, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asked(byte[] body, RequestPeek peek, String model, boolean streamed, List<Candidate> candidates) {
    static Asked of(InboundRequest request, @Nullable ClientKey caller, byte[] body, Settings settings) throws Refusal {
        RequestPeek peek = RequestPeek.into(body);
        ModelChoice choice = ModelChoice.of(peek.model(), request.header("x-understudy-provider"), settings);
        requireAllowed(choice.model(), caller);
        return new Asked(body, peek, choice.model(), isStreamed(request, peek), Eligible.of(choice, request, settings));
    }

    private static void requireAllowed(String model, @Nullable ClientKey caller) throws Refusal {
        if (caller != null && caller.models() != null && !caller.models().contains(model)) {
            throw new Refusal(
                    ApiError.refusal(403, "model_not_allowed", "this key may not use the model " + Quoted.of(model)));
        }
    }

    private static boolean isStreamed(InboundRequest request, RequestPeek peek) {
        if (!request.endpoint().operation().streams()) {
            return false;
        }
        return peek.hasStream() ? Boolean.TRUE.equals(peek.stream()) : acceptsEventStream(request);
    }

    /** Whether {@code Accept} names exactly {@code text/event-stream}, with a weight above 0. */
    private static boolean acceptsEventStream(InboundRequest request) {
        return request.headers().getOrDefault("accept", List.of()).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(range -> range.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(range -> range.startsWith("text/event-stream")
                        && List.of(range.split(";")).get(0).equals("text/event-stream")
                        && !range.matches(".*;q=0(?:\\.0*)?(?:;.*)?"));
    }
}
