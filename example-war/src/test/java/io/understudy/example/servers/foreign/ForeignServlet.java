package io.understudy.example.servers.foreign;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The foreign application's own servlet: it answers with what it was asked, body included. */
public final class ForeignServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** For the container. */
    public ForeignServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setHeader("X-Asked", request.getMethod() + " " + request.getPathInfo());
        request.getInputStream().transferTo(response.getOutputStream());
    }
}
