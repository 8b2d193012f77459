package io.understudy.example;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter's registration in {@code web.xml} with one init-param, the place of the demo's configuration. */
record DemoConfig(FilterConfig registered, Path place) implements FilterConfig {
    @Override
    public String getFilterName() {
        return registered.getFilterName();
    }

    @Override
    public ServletContext getServletContext() {
        return registered.getServletContext();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return name.equals("config") ? place.toString() : registered.getInitParameter(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(List.of("config"));
    }
}
