package io.understudy.servlet.inbound;

import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.dialect.ApiError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys that callers may show, as {@code Authorization: Bearer}, {@code x-api-key} or {@code api-key}. Compared by their
 * digests and always with all of them, so that the time a refusal takes tells nothing. Immutable.
 */
public final class ClientKeys {
    private static final String BEARER = "bearer ";

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Known(ClientKey key, byte[] digest) {}

    private final List<Known> known;

    /** The keys of a configuration; none of them means that callers need none. */
    public ClientKeys(List<ClientKey> keys) {
        this.known = keys.stream()
                .map(key -> new Known(key, digest(key.key().value())))
                .toList();
    }

    /**
     * Who is calling; null if callers need no key.
     *
     * @throws Refusal if they do, and none of the configured ones was shown
     */
    public @Nullable ClientKey caller(InboundRequest request) throws Refusal {
        if (known.isEmpty()) {
            return null;
        }
        ClientKey caller = null;
        for (String shown : shown(request)) {
            byte[] digest = digest(shown);
            for (Known candidate : known) {
                caller = MessageDigest.isEqual(candidate.digest(), digest) ? candidate.key() : caller;
            }
        }
        if (caller == null) {
            throw new Refusal(ApiError.refusal(
                    401,
                    "invalid_api_key",
                    "missing or wrong key (expected: a client key of this gateway as Authorization: Bearer, x-api-key or"
                            + " api-key)"));
        }
        return caller;
    }

    private static List<String> shown(InboundRequest request) {
        List<String> shown = new ArrayList<>(2);
        String authorization = request.header("authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            shown.add(authorization.substring(BEARER.length()).trim());
        }
        for (String name : List.of("x-api-key", "api-key")) {
            String key = request.header(name);
            if (key != null) {
                shown.add(key.trim());
            }
        }
        return shown;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: in every Java platform)", e);
        }
    }
}
