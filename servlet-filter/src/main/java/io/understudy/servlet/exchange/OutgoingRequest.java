package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.servlet.config.TimeoutSettings;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.UpstreamRequest;
import java.time.Duration;

/** The caller's request as one candidate gets it. */
final class OutgoingRequest {
    /** How much longer than every timer of the exchange the transport stays patient. */
    private static final Duration TRANSPORT_MARGIN = Duration.ofMinutes(1);

    private OutgoingRequest() {}

    static UpstreamRequest of(
            Services services,
            InboundRequest request,
            Asked asked,
            Provider provider,
            Candidate candidate,
            boolean freshConnection) {
        TimeoutSettings timeouts = services.settings().timeouts();
        return new UpstreamRequest(
                request.endpoint().method(),
                provider.uri(request.path(), request.query()),
                services.headerRules().up(request.headers(), provider.settings()),
                asked.bodyFor(candidate),
                timeouts.exchange().plus(provider.settings().timeouts().idle()).plus(TRANSPORT_MARGIN),
                freshConnection);
    }
}
