package io.understudy.servlet.config;

import java.util.List;

/**
 * A configuration that cannot be used. The message starts with where it came from and has every problem on a line of
 * its own, as {@code path: value (expected: …)}. No message contains a secret or a part of one.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String[] problems;

    ConfigException(String headline, List<String> problems) {
        super(headline + "\n" + String.join("\n", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** The problems alone, one line each, in the order they were found. */
    public List<String> problems() {
        return List.of(problems);
    }
}
