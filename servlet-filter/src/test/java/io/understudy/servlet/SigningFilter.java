package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.servlet.upstream.UpstreamBody;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An example: signs the method, the URL and the body of every call with a key that it shares with the providers. */
final class SigningFilter implements ClientRequestFilter {
    private final SecretKeySpec key;

    SigningFilter(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256");
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle("X-Signature", signature(request));
    }

    private String signature(ClientRequestContext request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((request.getMethod() + " " + request.getUri() + "\n").getBytes(UTF_8));
            if (request.getEntity() instanceof UpstreamBody body) {
                for (ByteBuffer slice : body.slices()) {
                    mac.update(slice);
                }
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the call can't be signed", e);
        }
    }
}
