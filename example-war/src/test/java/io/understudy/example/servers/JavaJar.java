package io.understudy.example.servers;

import java.util.List;

/** The WAR by itself, on the Jetty that it carries. */
record JavaJar() implements AppServer {
    @Override
    public String name() {
        return "java-jar";
    }

    @Override
    public String version() {
        return "embedded";
    }

    @Override
    public boolean isContainer() {
        return false;
    }

    @Override
    public List<Integer> orderlyExits() {
        return List.of(0);
    }

    @Override
    public Launch prepare(Site site) {
        return Launch.of(
                site.java(),
                "-Xmx512m",
                "-jar",
                site.deployments().get(0).war().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(site.port()),
                "--config",
                site.configuration().toString());
    }
}
