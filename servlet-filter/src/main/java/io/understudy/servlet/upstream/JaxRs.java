package io.understudy.servlet.upstream;

import jakarta.ws.rs.ext.RuntimeDelegate;

/** The implementation behind the JAX-RS API: Jersey where the application brings the API, else the server's. */
final class JaxRs {
    private JaxRs() {}

    /**
     * Has the API look for its implementation as it would without us. It looks once, through the caller's context class
     * loader, and keeps what it finds for everybody: where the API is the server's (TomEE), the Jersey of this application
     * would serve all others, and hold on to its class loader for as long as the server runs.
     */
    static void chooseImplementation() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(RuntimeDelegate.class.getClassLoader());
        try {
            var unused = RuntimeDelegate.getInstance();
        } catch (RuntimeException | LinkageError e) {
            // None to be seen from there: it looks again when somebody needs it.
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
