package io.understudy.example;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.net.MalformedURLException;

/**
 * Whether a deployment wants the demo. Any of the gateway's five places that holds something, be it empty or wrong,
 * means no: nobody gets simulated answers by a typo.
 */
final class DemoWish {
    private DemoWish() {}

    static boolean of(FilterConfig config) {
        return isAsked(config.getServletContext()) && !isConfigured(config);
    }

    private static boolean isAsked(ServletContext context) {
        return context.getAttribute(DemoFilter.LAUNCHER_URL) != null || Boolean.getBoolean("understudy.demo");
    }

    private static boolean isConfigured(FilterConfig config) {
        ServletContext context = config.getServletContext();
        return System.getProperty("understudy.config") != null
                || System.getenv("UNDERSTUDY_CONFIG") != null
                || config.getInitParameter("config") != null
                || context.getInitParameter("understudy.config") != null
                || hasOwnFile(context);
    }

    private static boolean hasOwnFile(ServletContext context) {
        try {
            return context.getResource("/WEB-INF/understudy.json") != null;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
