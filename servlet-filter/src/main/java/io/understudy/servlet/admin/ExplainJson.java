package io.understudy.servlet.admin;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.WeightedOrder;
import io.understudy.core.health.Availability;
import io.understudy.core.health.CircuitState;
import io.understudy.servlet.config.Settings;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Who would be asked for a model now, in which order and why. Nothing is called. Public, as the record in it, because
 * JSON-B asks for that.
 *
 * @param candidates in the order drawn, those that cannot be asked last
 */
@JsonbPropertyOrder({"model", "dialect", "candidates"})
public record ExplainJson(String model, String dialect, List<CandidateJson> candidates) {
    /**
     * A candidate.
     *
     * @param chanceFirst how probable it is to be asked first, as things stand
     * @param state {@code ready}, {@code cooling}, {@code open} or {@code skipped}
     * @param reason for a person
     */
    @JsonbPropertyOrder({"provider", "model", "priority", "weight", "chanceFirst", "state", "reason"})
    public record CandidateJson(
            String provider,
            String model,
            int priority,
            double weight,
            double chanceFirst,
            String state,
            String reason) {}

    /** The explanation for a configured model. */
    static ExplainJson of(String model, String dialect, List<Candidate> offers, Observed gateway) {
        Settings settings = gateway.settings();
        List<Candidate> eligible = settings.serving(model, dialect);
        List<Candidate> ready = eligible.stream()
                .filter(candidate -> availability(candidate, gateway).state() == Availability.State.READY)
                .toList();
        List<CandidateJson> rows = new ArrayList<>();
        for (Candidate drawn : gateway.failover().plan(eligible).candidates()) {
            double chance = WeightedOrder.chanceFirst(drawn, ready.isEmpty() ? eligible : ready);
            rows.add(asked(drawn, chance, gateway));
        }
        offers.stream()
                .filter(offer -> !eligible.contains(offer))
                .map(offer -> row(offer, 0, "skipped", whySkipped(offer, dialect, settings)))
                .forEach(rows::add);
        return new ExplainJson(model, dialect, rows);
    }

    private static CandidateJson asked(Candidate candidate, double chance, Observed gateway) {
        Availability availability = availability(candidate, gateway);
        String left = StatusJson.seconds(availability.remaining()) + " s left";
        return switch (availability.state()) {
            case READY -> row(candidate, chance, "ready", whyReady(candidate, gateway));
            case COOLING -> row(candidate, chance, "cooling", "a cooldown, " + left);
            case HELD -> row(candidate, chance, "cooling", "a cooldown that the provider asked for, " + left);
            case OPEN -> row(candidate, chance, "open", "its circuit is open, " + left);
            case PROBING -> row(candidate, chance, "open", "its circuit is half-open, and the one probe is under way");
        };
    }

    private static String whyReady(Candidate candidate, Observed gateway) {
        return gateway.health().condition(candidate).circuit() == CircuitState.HALF_OPEN
                ? "its circuit is half-open: the next call is the probe"
                : "nothing is in the way";
    }

    private static String whySkipped(Candidate offer, String dialect, Settings settings) {
        if (!offer.enabled()) {
            var provider = settings.providers().get(offer.provider());
            return provider == null || provider.enabled() ? "the candidate is disabled" : "its provider is disabled";
        }
        return offer.dialects().contains(dialect)
                ? "its vectors are of another model than the first candidate's"
                : "its provider does not speak " + dialect;
    }

    private static Availability availability(Candidate candidate, Observed gateway) {
        return gateway.health().availability(candidate);
    }

    private static CandidateJson row(Candidate candidate, double chance, String state, String reason) {
        return new CandidateJson(
                candidate.provider(),
                candidate.model(),
                candidate.priority(),
                candidate.weight(),
                chance,
                state,
                reason);
    }
}
