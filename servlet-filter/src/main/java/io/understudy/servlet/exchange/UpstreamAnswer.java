package io.understudy.servlet.exchange;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.ErrorBody;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that has been read completely.
 *
 * @param headers by lower-case name
 * @param forCaller whether it was made for the caller, so that all of it is the caller's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UpstreamAnswer(
        int status, String contentType, Map<String, List<String>> headers, boolean forCaller, byte[] body) {
    /** Of a content type that means something to anybody. */
    private static final int LONGEST_TYPE = 256;

    static UpstreamAnswer of(UpstreamResponse response, byte[] body) {
        String type = response.header("content-type");
        // What is passed on without having been wrapped has been found to be JSON.
        return new UpstreamAnswer(
                response.status(),
                type == null || type.isBlank() || type.length() > LONGEST_TYPE ? "application/json" : type,
                response.headers(),
                response.forCaller(),
                body);
    }

    /** The same answer with another body. */
    UpstreamAnswer withBody(byte[] other) {
        return new UpstreamAnswer(status, contentType, headers, forCaller, other);
    }

    /** What it says of an error. */
    ErrorFacts facts() {
        Map<String, String> first = new LinkedHashMap<>();
        headers.forEach((name, values) -> first.put(name, values.get(0)));
        return ErrorBody.read(status, first, body);
    }
}
