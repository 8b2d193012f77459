package io.understudy.example.servers;

import io.understudy.example.servers.foreign.ForeignApplication;
import io.understudy.example.servers.foreign.ForeignAsynchronous;
import io.understudy.example.servers.foreign.ForeignBystander;
import io.understudy.example.servers.foreign.ForeignFilter;
import io.understudy.example.servers.foreign.ForeignOutput;
import io.understudy.example.servers.foreign.ForeignProxy;
import io.understudy.example.servers.foreign.ForeignResource;
import io.understudy.example.servers.foreign.ForeignResponse;
import io.understudy.example.servers.foreign.ForeignServlet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Builds the WAR of the foreign application, alone or with the filter and the admin servlet added to it. */
final class ForeignWar {
    private static final String LIBRARIES = "WEB-INF/lib/";

    private static final List<Class<?>> OWN = List.of(
            ForeignServlet.class,
            ForeignFilter.class,
            ForeignResponse.class,
            ForeignOutput.class,
            ForeignProxy.class,
            ForeignAsynchronous.class);
    private static final List<Class<?>> JAX_RS = List.of(ForeignApplication.class, ForeignResource.class);

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <filter>
                <filter-name>own</filter-name>
                <filter-class>io.understudy.example.servers.foreign.ForeignFilter</filter-class>
                <async-supported>%s</async-supported>
              </filter>
              %s
              <filter-mapping><filter-name>own</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              %s
              <servlet>
                <servlet-name>own</servlet-name>
                <servlet-class>io.understudy.example.servers.foreign.ForeignServlet</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>own</servlet-name><url-pattern>/own/*</url-pattern></servlet-mapping>
              <servlet>
                <servlet-name>proxy</servlet-name>
                <servlet-class>io.understudy.example.servers.foreign.ForeignProxy</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>proxy</servlet-name><url-pattern>/llm/v1/chat/completions</url-pattern></servlet-mapping>
              <servlet>
                <servlet-name>asynchronous</servlet-name>
                <servlet-class>io.understudy.example.servers.foreign.ForeignAsynchronous</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping><servlet-name>asynchronous</servlet-name><url-pattern>/llm/v1/responses</url-pattern></servlet-mapping>
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>llm</web-resource-name>
                  <url-pattern>/llm/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>caller</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>BASIC</auth-method><realm-name>gate</realm-name></login-config>
              <security-role><role-name>caller</role-name></security-role>
            </web-app>
            """;

    private static final String BYSTANDERS_WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>own</servlet-name>
                <servlet-class>io.understudy.example.servers.foreign.ForeignBystander</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>own</servlet-name><url-pattern>/own/*</url-pattern></servlet-mapping>
            </web-app>
            """;

    private static final String UNDERSTUDY =
            """
            <filter>
                <filter-name>failover</filter-name>
                <filter-class>io.understudy.servlet.FailoverFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <servlet>
                <servlet-name>operators</servlet-name>
                <servlet-class>io.understudy.servlet.admin.AdminServlet</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>operators</servlet-name><url-pattern>/understudy/*</url-pattern></servlet-mapping>""";

    private static final String MAPPING =
            "<filter-mapping><filter-name>failover</filter-name><url-pattern>/llm/v1/*</url-pattern></filter-mapping>";

    private final Path understudyWar;
    private final boolean jaxRs;

    /**
     * A builder.
     *
     * @param understudyWar where the filter's jars come from
     * @param jaxRs whether the application has a JAX-RS resource
     */
    ForeignWar(Path understudyWar, boolean jaxRs) {
        this.understudyWar = understudyWar;
        this.jaxRs = jaxRs;
    }

    /** The application as it was before it knew of Understudy. */
    Path alone(Path target) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target))) {
            addApplication(war, WEB_XML.formatted(true, "", ""));
        }
        return target;
    }

    /**
     * The application with the filter registered, and the filter's jars.
     *
     * @param asyncSupported what the application says of its own filter, which comes first
     */
    Path withFilter(Path target, boolean asyncSupported) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target));
                ZipInputStream understudy = new ZipInputStream(Files.newInputStream(understudyWar))) {
            addApplication(war, WEB_XML.formatted(asyncSupported, UNDERSTUDY, MAPPING));
            for (ZipEntry entry = understudy.getNextEntry(); entry != null; entry = understudy.getNextEntry()) {
                if (isFiltersLibrary(entry)) {
                    add(war, entry.getName(), understudy);
                }
            }
        }
        return target;
    }

    /** An application that does nothing. */
    static Path bystander(Path target) throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target))) {
            add(war, BYSTANDERS_WEB_XML);
            add(war, ForeignBystander.class);
        }
        return target;
    }

    private static boolean isFiltersLibrary(ZipEntry entry) {
        String name = entry.getName();
        return name.startsWith(LIBRARIES) && name.endsWith(".jar");
    }

    private void addApplication(ZipOutputStream war, String webXml) throws IOException {
        add(war, webXml);
        war.putNextEntry(new ZipEntry(Guests.PAGE.substring(1)));
        war.write("A page of its own.".getBytes(StandardCharsets.UTF_8));
        List<Class<?>> types = new ArrayList<>(OWN);
        types.addAll(jaxRs ? JAX_RS : List.of());
        for (Class<?> type : types) {
            add(war, type);
        }
    }

    private static void add(ZipOutputStream war, String webXml) throws IOException {
        war.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
        war.write(webXml.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(ZipOutputStream war, Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream content = ForeignWar.class.getResourceAsStream("/" + file)) {
            if (content == null) {
                throw new IOException(file + " (expected: among the test classes)");
            }
            add(war, "WEB-INF/classes/" + file, content);
        }
    }

    private static void add(ZipOutputStream war, String name, InputStream content) throws IOException {
        war.putNextEntry(new ZipEntry(name));
        content.transferTo(war);
    }
}
