package io.understudy.example.servers.foreign;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.logging.Logger;

/** An application that has a logger and does nothing, with nothing of Understudy in it. */
public final class ForeignBystander extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final Logger LOG = Logger.getLogger(ForeignBystander.class.getName());

    /** For the container. */
    public ForeignBystander() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        LOG.fine("stands by");
        response.setContentLength(0);
    }
}
