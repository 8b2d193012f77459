package io.understudy.servlet.upstream;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.io.Content;
import org.glassfish.jersey.client.ClientRequest;
import org.jspecify.annotations.Nullable;

/**
 * What Jersey's API has no place for: the handle of the call and the tolerated silence on the way out, the body's
 * source on the way back. It travels as a property of the request.
 */
final class Handover {
    static final String PROPERTY = "io.understudy.handover";

    final UpstreamCall call = new UpstreamCall();
    final Duration silence;
    final boolean freshConnection;
    private volatile Content.@Nullable Source content;

    Handover(UpstreamRequest request) {
        this.silence = request.silence();
        this.freshConnection = request.freshConnection();
    }

    static Handover of(ClientRequest request) {
        return (Handover) Objects.requireNonNull(request.getProperty(PROPERTY), PROPERTY);
    }

    void content(Content.Source source) {
        content = source;
    }

    /** The body of the answer; none if a request filter answered in the provider's place. */
    Content.@Nullable Source content() {
        return content;
    }
}
