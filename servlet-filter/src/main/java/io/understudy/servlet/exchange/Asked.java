package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.servlet.affinity.Binding;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.ModelRenaming;
import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.dialect.StateFinder;
import io.understudy.servlet.dialect.StateReferences;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.RequestPeek;
import io.understudy.servlet.upstream.UpstreamBody;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for, once its body has been read.
 *
 * @param peek where in the body what matters stands, null if no model is asked
 * @param model the configured name, null if no model is asked
 * @param streamed whether the answer is to be a stream
 * @param candidates who can be asked, in the order of the configuration, at least one
 * @param binding to whom the request is bound
 * @param renaming what answers are to call the model, null if as the provider calls it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asked(
        byte[] body,
        @Nullable RequestPeek peek,
        @Nullable String model,
        boolean streamed,
        List<Candidate> candidates,
        Binding binding,
        @Nullable ModelRenaming renaming) {

    /**
     * What a request asks for.
     *
     * @param named is told the model's name as the caller has it, before that can be a reason to refuse
     */
    static Asked of(
            InboundRequest request,
            @Nullable ClientKey caller,
            byte[] body,
            Services services,
            Consumer<@Nullable String> named)
            throws Refusal {
        return switch (request.endpoint().operation()) {
            case GENERATE, COMPUTE -> ofModel(request, caller, body, services, named);
            case STATE -> ofState(request, services);
            case MODELS -> throw new IllegalStateException("the catalogue is nobody's to answer but the gateway's");
        };
    }

    private static Asked ofModel(
            InboundRequest request,
            @Nullable ClientKey caller,
            byte[] body,
            Services services,
            Consumer<@Nullable String> named)
            throws Refusal {
        Settings settings = services.settings();
        StateFinder finder = request.endpoint().dialect().stateInRequest();
        RequestPeek peek = RequestPeek.into(body, finder);
        named.accept(peek.model());
        ModelChoice choice = ModelChoice.of(peek.model(), ModelChoice.pin(request), settings);
        requireAllowed(choice.model(), caller);
        Binding binding = binding(finder.found(), services);
        List<Candidate> candidates = Eligible.ofModel(choice, request, settings, binding);
        return new Asked(
                body,
                peek,
                choice.model(),
                isStreamed(request, peek),
                candidates,
                binding,
                renaming(request, peek, body, settings));
    }

    private static Asked ofState(InboundRequest request, Services services) throws Refusal {
        String id = Objects.requireNonNull(request.variable());
        Binding binding = binding(StateReferences.to(List.of(id)), services);
        List<Candidate> candidates = Eligible.ofState(request, services.settings(), binding);
        return new Asked(new byte[0], null, null, request.asksInQuery("stream", "true"), candidates, binding, null);
    }

    private static Binding binding(StateReferences references, Services services) {
        return Binding.of(references, services.owners(), services.providers().keySet());
    }

    private static @Nullable ModelRenaming renaming(
            InboundRequest request, RequestPeek peek, byte[] body, Settings settings) {
        return switch (settings.responseModel()) {
            case SERVED -> null;
            case REQUESTED ->
                new ModelRenaming(
                        request.endpoint().dialect(), Arrays.copyOfRange(body, peek.modelStart(), peek.modelEnd()));
        };
    }

    /** An answer that calls the model what the caller is to hear. */
    UpstreamAnswer named(UpstreamAnswer answer) {
        return renaming == null ? answer : answer.withBody(renaming.answer(answer.body()));
    }

    /** An event that does so. */
    StreamEvent named(StreamEvent event) {
        return renaming == null ? event : renaming.event(event);
    }

    /** The body as a candidate gets it. */
    UpstreamBody bodyFor(Candidate candidate) {
        return peek == null ? UpstreamBody.none() : OutgoingBody.of(body, peek, candidate.model(), streamed);
    }

    private static void requireAllowed(String model, @Nullable ClientKey caller) throws Refusal {
        if (caller != null && caller.models() != null && !caller.models().contains(model)) {
            throw new Refusal(
                    ApiError.refusal(403, "model_not_allowed", "this key may not use the model " + Quoted.of(model)));
        }
    }

    private static boolean isStreamed(InboundRequest request, RequestPeek peek) {
        if (request.endpoint().operation() != Operation.GENERATE) {
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
