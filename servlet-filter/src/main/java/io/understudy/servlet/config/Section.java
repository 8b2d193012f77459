package io.understudy.servlet.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One object of the file under validation. Each method takes one value of it and answers with what it means; for an
 * absent one with the default, for a wrong one as well, which is a problem then.
 */
final class Section {
    /** More than this of anything is a mistake. */
    static final int MANY = 1_000_000;

    private static final Duration LONGEST = Duration.ofHours(24);

    private final KeyPath path;
    private final Problems problems;

    Section(KeyPath path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    KeyPath path() {
        return path;
    }

    KeyPath at(String key) {
        return path.key(key);
    }

    /** The object under {@code key}. */
    Section section(String key) {
        return new Section(at(key), problems);
    }

    /** Gives every text of a list, with its path, to {@code reader}. */
    void each(String key, @Nullable List<@Nullable String> texts, BiConsumer<KeyPath, String> reader) {
        for (int i = 0; texts != null && i < texts.size(); i++) {
            String text = texts.get(i);
            if (text != null) {
                reader.accept(at(key).index(i), text);
            }
        }
    }

    /** A whole number from {@code least} to {@code most}. */
    int whole(String key, @Nullable Integer value, int otherwise, int least, int most) {
        int checked = value == null ? otherwise : value;
        if (checked >= least && checked <= most) {
            return checked;
        }
        problems.add(at(key), "a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** A finite number of at least {@code least}. */
    double number(String key, @Nullable Double value, double otherwise, int least) {
        double checked = value == null ? otherwise : value;
        if (checked >= least) {
            return checked;
        }
        problems.add(at(key), "a finite number >= " + least);
        return otherwise;
    }

    /** A duration from {@code least} to a day. */
    Duration duration(String key, @Nullable String text, Duration otherwise, Duration least) {
        if (text == null) {
            return otherwise;
        }
        Optional<Duration> duration = DurationText.parse(text)
                .filter(parsed -> parsed.compareTo(least) >= 0 && parsed.compareTo(LONGEST) <= 0);
        if (duration.isEmpty()) {
            problems.add(at(key), DurationText.FORM + ", from " + least.toMillis() + "ms to 24h");
        }
        return duration.orElse(otherwise);
    }

    /** A duration that has to pass. */
    Duration duration(String key, @Nullable String text, Duration otherwise) {
        return duration(key, text, otherwise, Duration.ofMillis(1));
    }

    /** Reports a duration that is longer than the one that bounds it. */
    void tooLong(String key, String boundKey, Duration bound) {
        problems.add(at(key), "a duration not longer than " + boundKey + ", which is " + bound.toMillis() + "ms");
    }

    /** One of the constants of an enum, written {@code first-content} for {@code FIRST_CONTENT}. */
    <E extends Enum<E>> E word(String key, @Nullable String text, E otherwise) {
        return text == null
                ? otherwise
                : word(at(key), text, otherwise.getDeclaringClass()).orElse(otherwise);
    }

    /** The same without a default: empty if it is absent or wrong, a problem either way. */
    <E extends Enum<E>> Optional<E> requiredWord(String key, @Nullable String text, Class<E> type) {
        if (text == null) {
            problems.missing(at(key), "one of " + String.join(", ", words(type).keySet()));
            return Optional.empty();
        }
        return word(at(key), text, type);
    }

    private <E extends Enum<E>> Optional<E> word(KeyPath at, String text, Class<E> type) {
        Map<String, E> words = words(type);
        if (!words.containsKey(text)) {
            problems.unknown(at, text, words.keySet());
        }
        return Optional.ofNullable(words.get(text));
    }

    private static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : EnumSet.allOf(type)) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return words;
    }
}
