package io.understudy.core.backoff;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points and lengths of time as upstreams write them. What cannot be read is null, never an exception. */
final class TimeText {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern GO_DURATION = Pattern.compile("(\\d{1,30}(\\.\\d{1,30})?(h|ms|m|s|us|µs|ns))+");
    private static final Pattern GO_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)");

    /** RFC 9110, 5.6.7: the preferred form and the two obsolete ones that a recipient must accept. */
    private static final List<DateTimeFormatter> HTTP_DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC));

    private TimeText() {}

    /** A decimal number of units, each so many seconds long. */
    static @Nullable Duration number(@Nullable String text, double unitSeconds) {
        if (text == null || !NUMBER.matcher(text.strip()).matches()) {
            return null;
        }
        return seconds(Double.parseDouble(text.strip()) * unitSeconds);
    }

    /** A number of seconds, or a date. */
    static @Nullable Duration secondsOrDate(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        Duration seconds = number(text, 1);
        return seconds == null ? untilHttpDate(text.strip(), now) : seconds;
    }

    private static @Nullable Duration untilHttpDate(String text, Instant now) {
        return HTTP_DATES.stream()
                .map(form -> until(text, form, now))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Duration until(String text, DateTimeFormatter form, Instant now) {
        try {
            return Duration.between(now, form.parse(text, Instant::from));
        } catch (DateTimeException | ArithmeticException notInThisForm) {
            return null;
        }
    }

    /** A duration as Go writes it, such as {@code 1h2m3.5s} or {@code 12ms}. */
    static @Nullable Duration goDuration(String text) {
        if (!GO_DURATION.matcher(text).matches()) {
            return null;
        }
        double seconds = 0;
        for (Matcher part = GO_PART.matcher(text); part.find(); ) {
            seconds += Double.parseDouble(part.group(1)) * unitSeconds(part.group(2));
        }
        return seconds(seconds);
    }

    private static double unitSeconds(String unit) {
        return switch (unit) {
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
        };
    }

    /** The time until an RFC 3339 instant, such as {@code 2026-11-20T12:00:00Z}. */
    static @Nullable Duration untilInstant(String text, Instant now) {
        return until(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME, now);
    }

    /** Nanoseconds as a long reach 292 years; what is longer is as good as that. */
    static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
