package io.understudy.servlet.config;

import org.jspecify.annotations.Nullable;

/** Validates {@code streaming}. */
final class StreamingSection {
    private StreamingSection() {}

    static StreamingSettings read(ConfigFile.@Nullable Streaming wire, Problems problems) {
        StreamingSettings defaults = StreamingSettings.defaults();
        if (wire == null) {
            return defaults;
        }
        Section section = new Section(KeyPath.ROOT.key("streaming"), problems);
        OnBreak onBreak = section.word("onBreak", wire.onBreak(), defaults.onBreak());
        if (onBreak == OnBreak.RESCUE) {
            problems.warn(
                    section.at("onBreak"),
                    "\"rescue\" is not there yet; a stream that breaks ends with the error event");
        }
        return new StreamingSettings(
                section.word("commitOn", wire.commitOn(), defaults.commitOn()),
                section.duration("heartbeat", wire.heartbeat(), defaults.heartbeat()),
                onBreak,
                Boolean.TRUE.equals(wire.abortAfterError()));
    }
}
