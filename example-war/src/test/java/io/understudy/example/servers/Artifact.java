package io.understudy.example.servers;

/** A server's distribution, or library, in a Maven repository. */
record Artifact(String group, String name, String version, String type) {
    /** What {@code dependency:copy} wants to be told. */
    String coordinates() {
        return String.join(":", group, name, version, type);
    }

    String fileName() {
        return versionedName() + "." + type;
    }

    String versionedName() {
        return name + "-" + version;
    }

    boolean isArchive() {
        return type.equals("zip");
    }
}
