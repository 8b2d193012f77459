package io.understudy.example.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The way in for {@code java -jar understudy.war}. Standard output gets one line, when it can serve; what is wrong goes
 * to standard error, and the process ends with 2.
 */
public final class Main {
    private Main() {}

    /** Serves the WAR that this class lies in. */
    public static void main(String... args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Shutdown shutdown = Shutdown.registered();
        try {
            start(Options.parse(args), shutdown);
        } catch (Exception | LinkageError e) {
            messages(e).forEach(System.err::println);
            shutdown.exit(2);
        }
    }

    private static void start(Options options, Shutdown shutdown) throws Exception {
        Logs.start();
        if (options.config() != null) {
            System.setProperty("understudy.config", options.config());
        }
        WorkFolder folder = WorkFolder.unpack(war());
        shutdown.willClose(folder);
        if (options.check()) {
            System.out.print(check(folder));
        } else {
            shutdown.willClose(launch(folder, options));
        }
    }

    private static Path war() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Calls the launcher, which only the folder's class loader can load. */
    private static AutoCloseable launch(WorkFolder folder, Options options) throws Exception {
        Thread.currentThread().setContextClassLoader(folder.loader());
        Method launch = folder.loader()
                .loadClass(Main.class.getPackageName() + ".Launcher")
                .getMethod("launch", Path.class, String.class, int.class);
        return (AutoCloseable) call(launch, folder.webapp(), options.host(), options.port());
    }

    /** Asks the web application what its configuration means, without a server around it. */
    private static String check(WorkFolder folder) throws Exception {
        try (URLClassLoader application = folder.applicationLoader()) {
            Thread.currentThread().setContextClassLoader(application);
            Method report = application.loadClass("io.understudy.example.Check").getMethod("report");
            return String.valueOf(call(report));
        }
    }

    private static Object call(Method method, Object... arguments) throws Exception {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** What an exception and its causes say, outermost first, nothing twice. */
    private static Set<String> messages(Throwable thrown) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !message.equals(String.valueOf(each.getCause()))) {
                messages.add(message);
            }
        }
        return messages.isEmpty() ? Set.of(thrown.toString()) : messages;
    }
}
