package io.understudy.servlet.admin;

import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gateways of one web application, by the names of their filters: where the filters and the admin servlet find each
 * other. Thread-safe.
 */
public final class Gateways {
    private static final String ATTRIBUTE = "io.understudy.gateways";

    private final Map<String, Supplier<Observed>> serving = new LinkedHashMap<>();
    private boolean started;

    private Gateways() {}

    /** Those of this web application. */
    public static Gateways of(ServletContext application) {
        synchronized (Gateways.class) {
            if (application.getAttribute(ATTRIBUTE) instanceof Gateways known) {
                return known;
            }
            Gateways none = new Gateways();
            application.setAttribute(ATTRIBUTE, none);
            return none;
        }
    }

    /** A gateway goes into service. */
    public synchronized void add(String filter, Supplier<Observed> gateway) {
        started = true;
        serving.put(filter, gateway);
    }

    /** A gateway goes out of service. */
    public synchronized void remove(String filter) {
        serving.remove(filter);
    }

    /** The gateway of a filter, or with null the one that has come into service first; empty if there is none. */
    synchronized Optional<Observed> find(@Nullable String filter) {
        Stream<Supplier<Observed>> found =
                filter == null ? serving.values().stream() : Stream.ofNullable(serving.get(filter));
        return found.findFirst().map(Supplier::get).map(Objects::requireNonNull);
    }

    /** Whether requests are served: not any more once the last gateway has gone; a server may make filters late. */
    synchronized boolean areServing() {
        return !started || !serving.isEmpty();
    }
}
