package io.understudy.servlet.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a duration: a whole number and a unit, {@code 250ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
final class DurationText {
    /** What a message says that it expected. */
    static final String FORM = "a duration such as 250ms, 5s or 2m";

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");

    private DurationText() {}

    static Optional<Duration> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches()
                ? Optional.of(Duration.of(Long.parseLong(written.group(1)), unit(written.group(2))))
                : Optional.empty();
    }

    private static ChronoUnit unit(String letters) {
        return switch (letters) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            default -> ChronoUnit.HOURS;
        };
    }
}
