package io.understudy.example.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A temporary folder with the unpacked WAR in it, deleted on close. It is what the embedded server serves and where its
 * class loader finds the server itself: {@code WEB-INF/boot-lib}, and of {@code WEB-INF/lib} what the server shares with
 * the gateway's HTTP client, so that no jar is in the WAR twice.
 */
final class WorkFolder implements AutoCloseable {
    private static final Pattern SERVER_JAR = Pattern.compile("WEB-INF/(boot-lib/.*|lib/(jetty|slf4j)-.*)\\.jar");

    private final Path path;
    private final URLClassLoader loader;

    private WorkFolder(Path path, URLClassLoader loader) {
        this.path = path;
        this.loader = loader;
    }

    static WorkFolder unpack(Path war) throws IOException {
        Path folder = Files.createTempDirectory("understudy-").toRealPath();
        try {
            Path webapp = Files.createDirectory(folder.resolve("webapp"));
            List<URL> classPath = new ArrayList<>(List.of(webapp.toUri().toURL()));
            try (ZipFile zip = new ZipFile(war.toFile())) {
                for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(each -> each)::iterator) {
                    Path target = webapp.resolve(entry.getName());
                    extract(zip, entry, target);
                    if (SERVER_JAR.matcher(entry.getName()).matches()) {
                        classPath.add(target.toUri().toURL());
                    }
                }
            }
            ClassLoader jdk = ClassLoader.getPlatformClassLoader();
            return new WorkFolder(folder, new URLClassLoader("understudy", classPath.toArray(URL[]::new), jdk));
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }

    /** The unpacked WAR. */
    Path webapp() {
        return path.resolve("webapp");
    }

    /** Sees the launcher, the embedded server and the JDK, and nothing of the web application. */
    ClassLoader loader() {
        return loader;
    }

    /** Sees the web application as well, for those who ask it something without serving it; theirs to close. */
    URLClassLoader applicationLoader() throws IOException {
        List<URL> classPath = new ArrayList<>(
                List.of(webapp().resolve("WEB-INF/classes").toUri().toURL()));
        try (Stream<Path> jars = Files.list(webapp().resolve("WEB-INF/lib"))) {
            for (Path jar : (Iterable<Path>) jars.sorted()::iterator) {
                classPath.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader("understudy-application", classPath.toArray(URL[]::new), loader);
    }

    @Override
    public void close() throws IOException {
        loader.close();
        delete(path);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(each);
            }
        }
    }
}
