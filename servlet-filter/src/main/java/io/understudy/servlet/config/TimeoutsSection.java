package io.understudy.servlet.config;

import org.jspecify.annotations.Nullable;

/** Validates {@code timeouts}, the global ones and a provider's. */
final class TimeoutsSection {
    private TimeoutsSection() {}

    static TimeoutSettings read(ConfigFile.@Nullable Timeouts wire, Problems problems) {
        TimeoutSettings defaults = TimeoutSettings.defaults();
        if (wire == null) {
            return defaults;
        }
        Section section = new Section(KeyPath.ROOT.key("timeouts"), problems);
        return new TimeoutSettings(
                section.duration("connect", wire.connect(), defaults.connect()),
                section.duration("firstToken", wire.firstToken(), defaults.firstToken()),
                section.duration("response", wire.response(), defaults.response()),
                section.duration("idle", wire.idle(), defaults.idle()),
                section.duration("exchange", wire.exchange(), defaults.exchange()),
                section.duration("stalledWrite", wire.stalledWrite(), defaults.stalledWrite()));
    }

    /** A provider's timeouts over the {@code global} ones. */
    static TimeoutSettings over(TimeoutSettings global, Section section, ConfigFile.@Nullable ProviderTimeouts wire) {
        if (wire == null) {
            return global;
        }
        return new TimeoutSettings(
                section.duration("connect", wire.connect(), global.connect()),
                section.duration("firstToken", wire.firstToken(), global.firstToken()),
                section.duration("response", wire.response(), global.response()),
                section.duration("idle", wire.idle(), global.idle()),
                global.exchange(),
                global.stalledWrite());
    }
}
