package io.understudy.servlet.config;

import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates {@code reactions}, the global ones and a provider's: overrides by kind of failure or by status. */
final class ReactionsSection {
    private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final List<String> KINDS = Arrays.stream(FailureKind.values())
            .filter(kind -> kind != FailureKind.CANCELLED)
            .map(FailureKind::label)
            .toList();
    private static final List<String> REACTIONS =
            Arrays.stream(Reaction.values()).map(Reaction::name).toList();

    private final Section section;
    private final Problems problems;
    private final Map<FailureKind, Reaction> kinds = new EnumMap<>(FailureKind.class);
    private final Map<Integer, Reaction> statuses = new LinkedHashMap<>();

    private ReactionsSection(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    /** {@code base} with the overrides on top. */
    static ReactionTable read(
            ReactionTable base, Section section, @Nullable Map<String, @Nullable String> wire, Problems problems) {
        if (wire == null || wire.isEmpty()) {
            return base;
        }
        ReactionsSection overrides = new ReactionsSection(section, problems);
        wire.forEach(overrides::add);
        return base.with(overrides.kinds, overrides.statuses);
    }

    private void add(String failure, @Nullable String word) {
        Optional<Reaction> reaction = word == null ? Optional.empty() : reaction(section.at(failure), word);
        if (STATUS.matcher(failure).matches()) {
            reaction.ifPresent(known -> statuses.put(Integer.valueOf(failure), known));
        } else if (KINDS.contains(failure)) {
            reaction.ifPresent(known -> kind(FailureKind.valueOf(failure.toUpperCase(Locale.ROOT)), known));
        } else {
            unknown(section.at(failure), failure);
        }
    }

    private void kind(FailureKind kind, Reaction reaction) {
        if (kind == FailureKind.CONTEXT_OVERFLOW && reaction == Reaction.RETRY) {
            problems.add(section.at(kind.label()), "NEXT or FAIL: the same model stays too small");
        } else {
            kinds.put(kind, reaction);
        }
    }

    private Optional<Reaction> reaction(KeyPath path, String word) {
        if (!REACTIONS.contains(word)) {
            problems.unknown(path, word, REACTIONS);
            return Optional.empty();
        }
        return Optional.of(Reaction.valueOf(word));
    }

    private void unknown(KeyPath path, String failure) {
        if (failure.equals(FailureKind.CANCELLED.label())) {
            problems.add(path, "cannot be overridden", "no reaction: there is nobody left to answer");
        } else if (failure.equals("stream_error")) {
            problems.add(path, "not a kind of its own", "the kind that the error event is classified as");
        } else if (NUMBER.matcher(failure).matches()) {
            problems.add(path, "unknown status", "a status from 400 to 599");
        } else {
            problems.unknownKey(path, failure, KINDS);
        }
    }
}
