package io.understudy.example.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for. A value follows its option ({@code --port 1}) or is joined to it ({@code --port=1});
 * of an option given twice the last one counts.
 *
 * @param host the name or address to listen on, without brackets
 * @param port the port to listen on, 0 for any free one
 * @param config where the configuration is, an absolute path unless it has one of the gateway's prefixes; null when not
 *     asked for
 * @param check whether the configuration is only to be looked at
 */
record Options(String host, int port, @Nullable String config, boolean check) {
    static final String USAGE =
            """
            java -jar understudy.war [--host 127.0.0.1] [--port 8080] [--config FILE] [--check]

              --host    name or address to listen on; 0.0.0.0 opens it to others
              --port    port to listen on; 0 takes any free one
              --config  the gateway's configuration, understudy.json; without any the demo runs
              --check   says what the configuration means, or all that is wrong with it, and starts nothing
              --help    shows this
            """;

    private static final List<String> NAMES = List.of("--host", "--port", "--config");

    private static final String CHECK = "--check";

    /** Places that only the gateway can look into. */
    private static final Pattern PLACE = Pattern.compile("(file:|classpath:|/WEB-INF/).*");

    /**
     * Reads a command line.
     *
     * @throws BadOptions with everything that is wrong
     */
    static Options parse(String... args) {
        List<String> problems = new ArrayList<>();
        Map<String, String> values = values(args, problems);
        Options options = new Options(
                host(values.getOrDefault("--host", "127.0.0.1"), problems),
                port(values.getOrDefault("--port", "8080"), problems),
                config(values.get("--config"), problems),
                values.containsKey(CHECK));
        if (!problems.isEmpty()) {
            throw new BadOptions(problems);
        }
        return options;
    }

    private static Map<String, String> values(String[] args, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            if (args[i].equals(CHECK)) {
                values.put(CHECK, "");
            } else if (!NAMES.contains(parts[0])) {
                problems.add(args[i] + ": unknown option (expected: --host, --port, --config, --check or --help)");
            } else if (parts.length == 2) {
                values.put(parts[0], parts[1]);
            } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
                values.put(parts[0], args[++i]);
            } else {
                problems.add(parts[0] + ": no value (expected: one after it)");
            }
        }
        return values;
    }

    private static String host(String value, List<String> problems) {
        String host = value.replaceAll("^\\[|]$", "");
        try {
            if (host.isBlank()) {
                throw new UnknownHostException();
            }
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            problems.add("--host: " + value + " (expected: a name or address of this machine)");
        }
        return host;
    }

    private static int port(String value, List<String> problems) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        problems.add("--port: " + value + " (expected: 0 to 65535)");
        return 0;
    }

    private static @Nullable String config(@Nullable String value, List<String> problems) {
        if (value == null || PLACE.matcher(value).matches()) {
            return value;
        }
        try {
            Path file = Path.of(value).toAbsolutePath();
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                problems.add("--config: " + file + " (expected: a file that can be read)");
            }
            return file.toString();
        } catch (InvalidPathException e) {
            problems.add("--config: " + value + " (expected: a path)");
            return null;
        }
    }
}
