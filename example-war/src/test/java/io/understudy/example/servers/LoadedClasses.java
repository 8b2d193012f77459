package io.understudy.example.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a server's JVM holds, asked through {@code jcmd}. */
record LoadedClasses(Jdk jdk, long pid) {
    /** How many class loaders hold a class of this name when the garbage has been collected. */
    long loadersOf(String type) throws IOException {
        jcmd("GC.run");
        return jcmd("VM.classloaders", "show-classes")
                .lines()
                .filter(line -> line.endsWith(" " + type))
                .count();
    }

    /** Writes down everything there is, for whoever wants to know what holds a class loader. */
    void dump(Path file) throws IOException {
        jcmd("GC.heap_dump", file.toString());
    }

    private String jcmd(String... command) throws IOException {
        String[] start = {jdk.program("jcmd"), String.valueOf(pid), String.join(" ", command)};
        Process process = new ProcessBuilder(start).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(
                    "exit code %d (expected: 0) of %s%n%s".formatted(exit, String.join(" ", start), said));
        }
        return said;
    }
}
