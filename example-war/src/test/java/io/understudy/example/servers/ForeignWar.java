package io.understudy.example.servers;

import io.understudy.example.servers.foreign.ForeignApplication;
import io.understudy.example.servers.foreign.ForeignResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Builds the WAR of the foreign application, alone or with the filter and the admin servlet added to it. */
final class ForeignWar {
    private static final String LIBRARIES = "WEB-INF/lib/";

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">%s</web-app>
            """;

    private static final String UNDERSTUDY =
            """

              <filter>
                <filter-name>failover</filter-name>
                <filter-class>io.understudy.servlet.FailoverFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping><filter-name>failover</filter-name><url-pattern>/llm/v1/*</url-pattern></filter-mapping>
              <servlet>
                <servlet-name>operators</servlet-name>
                <servlet-class>io.understudy.servlet.admin.AdminServlet</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>operators</servlet-name><url-pattern>/understudy/*</url-pattern></servlet-mapping>
            """;

    private ForeignWar() {}

    /** The application as it was before it knew of Understudy. */
    static Path alone(Path target) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target))) {
            addApplication(war, WEB_XML.formatted(""));
        }
        return target;
    }

    /** The application with both registered, and their jars, taken from the built WAR. */
    static Path withFilter(Path target, Path understudyWar) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target));
                ZipInputStream understudy = new ZipInputStream(Files.newInputStream(understudyWar))) {
            addApplication(war, WEB_XML.formatted(UNDERSTUDY));
            for (ZipEntry entry = understudy.getNextEntry(); entry != null; entry = understudy.getNextEntry()) {
                if (isFiltersLibrary(entry)) {
                    add(war, entry.getName(), understudy);
                }
            }
        }
        return target;
    }

    private static boolean isFiltersLibrary(ZipEntry entry) {
        String name = entry.getName();
        return name.startsWith(LIBRARIES) && name.endsWith(".jar");
    }

    private static void addApplication(ZipOutputStream war, String webXml) throws IOException {
        war.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
        war.write(webXml.getBytes(StandardCharsets.UTF_8));
        for (Class<?> type : List.of(ForeignApplication.class, ForeignResource.class)) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream content = ForeignWar.class.getResourceAsStream("/" + file)) {
                if (content == null) {
                    throw new IOException(file + " (expected: among the test classes)");
                }
                add(war, "WEB-INF/classes/" + file, content);
            }
        }
    }

    private static void add(ZipOutputStream war, String name, InputStream content) throws IOException {
        war.putNextEntry(new ZipEntry(name));
        content.transferTo(war);
    }
}
