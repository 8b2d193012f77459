package io.understudy.example.servers.foreign;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A response as filters wrap it that want to know what becomes of it, as Spring Security's do. */
public final class ForeignResponse extends HttpServletResponseWrapper {
    /** The response that was wrapped. */
    public ForeignResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new ForeignOutput(super.getOutputStream());
    }
}
