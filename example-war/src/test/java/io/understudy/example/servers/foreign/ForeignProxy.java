package io.understudy.example.servers.foreign;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * The foreign application's own way to an LLM, as many have one: it sends the request on to where a header says, and
 * copies the answer as it comes, blocking. It knows nothing of asynchronous requests, and does not say that it does.
 */
public final class ForeignProxy extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** For the container. */
    public ForeignProxy() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        URI target = URI.create(request.getHeader("X-Proxy-To"));
        HttpURLConnection provider = (HttpURLConnection) target.toURL().openConnection();
        provider.setDoOutput(true);
        provider.setRequestProperty("Content-Type", request.getContentType());
        try (OutputStream body = provider.getOutputStream()) {
            request.getInputStream().transferTo(body);
        }
        response.setStatus(provider.getResponseCode());
        response.setContentType(provider.getContentType());
        response.setHeader("X-Proxied", "yes");
        try (InputStream answer =
                provider.getResponseCode() < 400 ? provider.getInputStream() : provider.getErrorStream()) {
            copy(answer, response.getOutputStream());
        }
    }

    private static void copy(InputStream answer, OutputStream caller) throws IOException {
        byte[] some = new byte[4096];
        for (int count = answer.read(some); count != -1; count = answer.read(some)) {
            caller.write(some, 0, count);
            caller.flush();
        }
    }
}
