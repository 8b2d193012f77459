package io.understudy.servlet.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written form of a number of bytes: {@code 64KiB}, {@code 32MiB}, {@code 1GiB}, a plain number, or a share of the
 * largest heap, {@code 25%}.
 */
final class SizeText {
    /** What a message says that it expected. */
    static final String FORM = "a size such as 64KiB, 32MiB or 25%";

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|%)?");

    private SizeText() {}

    /** The bytes that {@code text} stands for; {@code maxHeap} is what a percentage is taken of. */
    static Optional<Long> parse(String text, long maxHeap) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches()
                ? bytes(Long.parseLong(written.group(1)), written.group(2), maxHeap)
                : Optional.empty();
    }

    private static Optional<Long> bytes(long number, String unit, long maxHeap) {
        return switch (unit == null ? "B" : unit) {
            case "KiB" -> shifted(number, 10);
            case "MiB" -> shifted(number, 20);
            case "GiB" -> shifted(number, 30);
            case "%" -> number <= 100 ? Optional.of(share(number, maxHeap)) : Optional.empty();
            default -> Optional.of(number);
        };
    }

    /** Without the overflow that {@code maxHeap * percent} may have. */
    private static long share(long percent, long maxHeap) {
        return maxHeap / 100 * percent + maxHeap % 100 * percent / 100;
    }

    private static Optional<Long> shifted(long number, int bits) {
        return number <= Long.MAX_VALUE >> bits ? Optional.of(number << bits) : Optional.empty();
    }
}
