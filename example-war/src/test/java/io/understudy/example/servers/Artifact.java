package io.understudy.example.servers;

/** A server's distribution in a Maven repository. */
record Artifact(String group, String name, String version, String type) {
    /** What {@code dependency:copy} wants to be told. */
    String coordinates() {
        return String.join(":", group, name, version, type);
    }

    String fileName() {
        return "%s-%s.%s".formatted(name, version, type);
    }

    boolean isArchive() {
        return type.equals("zip");
    }
}
