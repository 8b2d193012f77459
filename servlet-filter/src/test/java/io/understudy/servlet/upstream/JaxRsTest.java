package io.understudy.servlet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JaxRsTest {
    private static final String SERVICES = "META-INF/services/" + RuntimeDelegate.class.getName();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Asked application = new Asked();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void is_not_chosen_through_the_application() {
        Thread.currentThread().setContextClassLoader(application);
        RuntimeDelegate.setInstance(null);
        JaxRs.chooseImplementation();
        assertThat(RuntimeDelegate.getInstance()).isNotNull();
        assertThat(application.names).doesNotContain(SERVICES);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(application);
    }

    /** What the test above rests on. */
    @Test
    void would_be_chosen_through_the_application_otherwise() {
        Thread.currentThread().setContextClassLoader(application);
        RuntimeDelegate.setInstance(null);
        assertThat(RuntimeDelegate.getInstance()).isNotNull();
        assertThat(application.names).contains(SERVICES);
    }

    /** A class loader that knows nothing and remembers what it was asked for. */
    private static final class Asked extends ClassLoader {
        private final List<String> names = new CopyOnWriteArrayList<>();

        private Asked() {
            super(null);
        }

        @Override
        public Enumeration<URL> getResources(String name) {
            names.add(name);
            return Collections.emptyEnumeration();
        }
    }
}
