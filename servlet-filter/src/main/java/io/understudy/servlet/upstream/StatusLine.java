package io.understudy.servlet.upstream;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;

/** Any status code as JAX-RS wants it, 529 and 520 included, which its own enumeration does not know. */
record StatusLine(int code) implements Response.StatusType {
    @Override
    public int getStatusCode() {
        return code;
    }

    @Override
    public Family getFamily() {
        return Family.familyOf(code);
    }

    @Override
    public String getReasonPhrase() {
        return "";
    }
}
