package io.understudy.example;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code X-Understudy-Trace} must look like, the milliseconds left open. */
final class TraceForm {
    private TraceForm() {}

    /**
     * The form of a whole trace.
     *
     * @param attempts provider, status and, if it failed, kind of each, joined by semicolons: {@code a;503;overloaded}
     */
    static Pattern of(String... attempts) {
        return Pattern.compile(Stream.of(attempts).map(TraceForm::attempt).collect(Collectors.joining(", ")));
    }

    private static String attempt(String attempt) {
        String[] parts = attempt.split(";", -1);
        String kind = parts.length > 2 ? ";" + Pattern.quote(parts[2]) : "";
        return Pattern.quote(parts[0] + ";" + parts[1]) + ";\\d+ms" + kind;
    }
}
