package io.understudy.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failover.Failover;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What core needs at run time: the platform, and of that neither threads nor clocks nor dice. */
class PurityTest {
    private static final String CORE = "io.understudy.core.";

    /** Lines such as {@code io.understudy.core.time.Ticker -> java.lang.System java.base}, as words. */
    private static final List<String[]> DEPENDENCIES = jdeps("-v", "--ignore-missing-deps").stream()
            .map(line -> line.split("\\s+"))
            .filter(words -> words.length > 2 && words[1].equals("->") && words[0].startsWith(CORE))
            .toList();

    private static List<String> jdeps(String... options) {
        Path classes = Path.of(URI.create(Failover.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        StringWriter out = new StringWriter();
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = classes.toString();
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments);
        assertThat(exit).as(out.toString()).isZero();
        return out.toString().lines().map(String::strip).toList();
    }

    /** The classes of core, without their nested ones, that use this class of the platform. */
    private static Set<String> usersOf(String used) {
        return DEPENDENCIES.stream()
                .filter(words -> words[2].equals(used))
                .map(words -> words[0].replaceFirst("\\$.*", ""))
                .map(name -> name.substring(CORE.length()))
                .collect(Collectors.toSet());
    }

    @Test
    void needs_nothing_but_the_base_module_of_the_platform() {
        assertThat(jdeps("--print-module-deps", "--ignore-missing-deps")).containsExactly("java.base");
    }

    @Test
    void uses_no_class_but_its_own_the_platforms_and_the_annotations_for_the_compiler() {
        assertThat(DEPENDENCIES)
                .extracting(words -> words[2])
                .allMatch(used -> used.matches("(java|javax\\.net\\.ssl|io\\.understudy\\.core|org\\.jspecify)\\..*"));
    }

    @ParameterizedTest
    @CsvSource({
        // The clock.
        "java.lang.System, time.Ticker",
        "java.time.Clock, ",
        // Given by the caller.
        "java.time.InstantSource, failure.FailureClassifier",
        // Sleeping, and passing an interruption on.
        "java.lang.Thread, time.Sleeper failover.BlockingDriver",
        "java.util.concurrent.Executors, ",
        "java.util.concurrent.ForkJoinPool, ",
        "java.util.Timer, ",
        "java.util.Random, ",
        "java.util.concurrent.ThreadLocalRandom, ",
        "java.net.Socket, ",
        "java.nio.file.Files, ",
        "java.io.File, ",
        "java.lang.System$Logger, ",
    })
    void starts_no_thread_reads_no_clock_rolls_no_dice_and_does_no_io(String used, String users) {
        assertThat(usersOf(used)).isEqualTo(users == null ? Set.of() : Set.of(users.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "time, time",
        "candidate, candidate",
        "backoff, backoff",
        "failure, failure backoff",
        "health, health candidate failure time",
        "failover, failover candidate backoff failure health time"
    })
    void packages_use_each_other_in_one_direction_only(String user, String allowed) {
        Set<String> used = DEPENDENCIES.stream()
                .filter(words -> words[0].startsWith(CORE + user + ".") && words[2].startsWith(CORE))
                .map(words -> words[2].substring(CORE.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        assertThat(used).contains(user).isSubsetOf(allowed.split(" "));
    }
}
