package io.understudy.servlet.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Validates {@code health}. */
final class HealthSection {
    private HealthSection() {}

    /**
     * The settings; {@code withoutBudget} says that the file has null for the budget, which JSON-B does not tell from
     * no budget.
     */
    static HealthSettings read(ConfigFile.@Nullable Health wire, boolean withoutBudget, Problems problems) {
        HealthSettings defaults = HealthSettings.defaults();
        if (wire == null) {
            return defaults;
        }
        Section section = new Section(KeyPath.ROOT.key("health"), problems);
        Duration openTime = section.duration("openTime", wire.openTime(), defaults.openTime());
        Duration maxOpenTime = section.duration("maxOpenTime", wire.maxOpenTime(), defaults.maxOpenTime());
        if (wire.openTime() != null && openTime.compareTo(maxOpenTime) > 0) {
            section.tooLong("openTime", "maxOpenTime", maxOpenTime);
        }
        return new HealthSettings(
                !Boolean.FALSE.equals(wire.enabled()),
                section.whole(
                        "consecutiveFailures",
                        wire.consecutiveFailures(),
                        defaults.consecutiveFailures(),
                        1,
                        Section.MANY),
                openTime,
                maxOpenTime,
                section.duration("cooldown", wire.cooldown(), defaults.cooldown(), Duration.ZERO),
                withoutBudget ? null : budget(section.section("retryBudget"), wire.retryBudget()));
    }

    private static RetryBudgetSettings budget(Section section, ConfigFile.@Nullable RetryBudget wire) {
        RetryBudgetSettings defaults = RetryBudgetSettings.defaults();
        return wire == null
                ? defaults
                : new RetryBudgetSettings(
                        section.number("percent", wire.percent(), defaults.percent(), 0),
                        section.number("minPerSecond", wire.minPerSecond(), defaults.minPerSecond(), 0));
    }
}
