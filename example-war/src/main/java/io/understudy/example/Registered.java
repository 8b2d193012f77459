package io.understudy.example;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter will be told when it is made, known beforehand from its registration in {@code web.xml}. */
record Registered(ServletContext context, String name) implements FilterConfig {
    @Override
    public String getFilterName() {
        return name;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public @Nullable String getInitParameter(String parameter) {
        return parameters().get(parameter);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    private Map<String, String> parameters() {
        FilterRegistration registration = context.getFilterRegistration(name);
        return registration == null ? Map.of() : registration.getInitParameters();
    }
}
