package io.understudy.core.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random order of candidates: priorities ascending, and within a priority a weighted draw without replacement.
 *
 * <p>Each candidate gets the key −ln(1−U)/w with its own U uniform in [0, 1); the keys ascending give the order. By
 * Efraimidis and Spirakis (<cite>Weighted random sampling with a reservoir</cite>, 2006) this is the law of drawing one
 * after another (Plackett–Luce): P(first = i) = wᵢ/Σw, and so on for the rest. Candidates of weight 0 come after all
 * others of their priority, among themselves in uniformly random order.
 */
public final class WeightedOrder {
    private static final Comparator<Keyed> ORDER = Comparator.comparingInt(Keyed::priority)
            .thenComparing(Keyed::weightless)
            .thenComparingDouble(Keyed::key);

    private WeightedOrder() {}

    /** All the candidates, in an order drawn with these dice. */
    public static List<Candidate> draw(List<Candidate> candidates, RandomGenerator dice) {
        List<Keyed> keyed = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            keyed.add(Keyed.of(candidate, dice.nextDouble()));
        }
        keyed.sort(ORDER);
        return keyed.stream().map(Keyed::candidate).toList();
    }

    private record Keyed(Candidate candidate, boolean weightless, double key) {
        static Keyed of(Candidate candidate, double uniform) {
            double exponential = -Math.log(1 - uniform);
            boolean weightless = candidate.weight() == 0;
            return new Keyed(candidate, weightless, weightless ? exponential : exponential / candidate.weight());
        }

        int priority() {
            return candidate.priority();
        }
    }
}
