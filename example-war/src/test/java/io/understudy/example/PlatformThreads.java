package io.understudy.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Counts another JVM's platform threads with {@code jcmd}, which lies beside the {@code java} that runs the tests. */
final class PlatformThreads {
    private PlatformThreads() {}

    /** How many Java threads a process has now, virtual ones left out. */
    static long of(ProcessHandle process) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (var dump = new ProcessBuilder(jcmd, String.valueOf(process.pid()), "Thread.print")
                .start()
                .inputReader()) {
            long threads = dump.lines().filter(line -> line.startsWith("\"")).count();
            if (threads == 0) {
                throw new AssertionError("no threads in the dump of process " + process.pid());
            }
            return threads;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
