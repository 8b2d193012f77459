package io.understudy.example;

import io.understudy.example.demo.DemoServlet;
import io.understudy.servlet.config.ConfigReader;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What is decided before anything is served. It is the demo when nothing says where the gateway's configuration is and
 * either {@code java -jar} or {@code -Dunderstudy.demo=true} asks for it. Else the configuration is read, and a missing
 * or wrong one fails the deployment: nobody gets simulated answers by a typo. The filter would refuse it as well, but
 * WildFly makes filters with the first request only.
 */
public final class Opening implements ServletContextListener {
    private static final Logger LOG = System.getLogger("io.understudy.example");

    /** Made by the container. */
    public Opening() {}

    /** @throws io.understudy.servlet.config.ConfigException with everything that is wrong with the configuration */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ConfigReader reader = ConfigReader.of(new Registered(context, "understudy"));
        boolean demo = asksForDemo(context) && reader.locate().isEmpty();
        if (demo) {
            context.setAttribute(DemoServlet.SWITCH, true);
            DemoMark.everyAnswer(context);
        }
        boolean keys = !demo && !reader.read().clientKeys().isEmpty();
        Object openTo = context.getAttribute("io.understudy.launcher.openTo");
        if (openTo != null && !keys) {
            LOG.log(Level.WARNING, "--host: {0} lets others in, and without clientKeys every caller is served", openTo);
        }
    }

    private static boolean asksForDemo(ServletContext context) {
        return context.getAttribute(DemoFilter.LAUNCHER_URL) != null || Boolean.getBoolean("understudy.demo");
    }
}
