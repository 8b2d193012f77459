package io.understudy.core.candidate;

import java.util.Arrays;
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
    private WeightedOrder() {}

    /** All the candidates, in an order drawn with these dice. */
    public static List<Candidate> draw(List<Candidate> candidates, RandomGenerator dice) {
        Keyed[] keyed = new Keyed[candidates.size()];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = Keyed.of(candidates.get(i), dice.nextDouble());
        }
        Arrays.sort(keyed);
        Candidate[] order = new Candidate[keyed.length];
        for (int i = 0; i < keyed.length; i++) {
            order[i] = keyed[i].candidate();
        }
        return List.of(order);
    }

    /** How probable a candidate is to be the first of an order drawn from these. */
    public static double chanceFirst(Candidate candidate, List<Candidate> candidates) {
        int top = candidates.stream().mapToInt(Candidate::priority).min().orElse(candidate.priority());
        List<Candidate> group =
                candidates.stream().filter(each -> each.priority() == top).toList();
        if (!group.contains(candidate)) {
            return 0;
        }
        double sum = group.stream().mapToDouble(Candidate::weight).sum();
        return sum == 0 ? 1.0 / group.size() : candidate.weight() / sum;
    }

    private record Keyed(Candidate candidate, int priority, boolean weightless, double key)
            implements Comparable<Keyed> {
        static Keyed of(Candidate candidate, double uniform) {
            double exponential = -Math.log(1 - uniform);
            boolean weightless = candidate.weight() == 0;
            return new Keyed(
                    candidate,
                    candidate.priority(),
                    weightless,
                    weightless ? exponential : exponential / candidate.weight());
        }

        @Override
        public int compareTo(Keyed other) {
            if (priority != other.priority) {
                return Integer.compare(priority, other.priority);
            }
            return weightless == other.weightless
                    ? Double.compare(key, other.key)
                    : Boolean.compare(weightless, other.weightless);
        }
    }
}
