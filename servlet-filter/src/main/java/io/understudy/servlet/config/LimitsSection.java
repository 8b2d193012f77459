package io.understudy.servlet.config;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates {@code limits}. */
final class LimitsSection {
    private final Section section;
    private final long maxHeap;
    private final Problems problems;

    LimitsSection(long maxHeap, Problems problems) {
        this.section = new Section(KeyPath.ROOT.key("limits"), problems);
        this.maxHeap = maxHeap;
        this.problems = problems;
    }

    LimitSettings read(ConfigFile.@Nullable Limits wire) {
        LimitSettings defaults = LimitSettings.defaults(maxHeap);
        LimitSettings limits = wire == null ? defaults : read(wire, defaults);
        if (limits.maxBufferedBytes() < limits.maxRequestBytes()) {
            problems.warn(section.at("maxBufferedBytes"), "less than maxRequestBytes; the largest requests never fit");
        }
        return limits;
    }

    private LimitSettings read(ConfigFile.Limits wire, LimitSettings defaults) {
        return new LimitSettings(
                bytes("maxRequestBytes", wire.maxRequestBytes(), defaults.maxRequestBytes()),
                bytes("maxResponseBytes", wire.maxResponseBytes(), defaults.maxResponseBytes()),
                bytes("maxBufferedBytes", wire.maxBufferedBytes(), defaults.maxBufferedBytes()),
                section.whole("maxConcurrent", wire.maxConcurrent(), defaults.maxConcurrent(), 1, Section.MANY));
    }

    private long bytes(String key, @Nullable JsonValue value, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        Optional<Long> bytes = SizeText.parse(text, maxHeap).filter(size -> size > 0);
        if (bytes.isEmpty()) {
            problems.add(section.at(key), SizeText.FORM + ", more than nothing");
        }
        return bytes.orElse(otherwise);
    }
}
