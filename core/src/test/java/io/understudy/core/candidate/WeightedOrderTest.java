package io.understudy.core.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedOrderTest {
    private static final int DRAWS = 10_000;

    private final Random dice = new Random(70_30);

    private static Candidate weighing(String name, double weight) {
        return new Candidate(name, "m", weight, 0, true, Set.of("chat"));
    }

    private static Candidate of(String name, double weight, int priority) {
        return new Candidate(name, "m", weight, priority, true, Set.of("chat"));
    }

    private String draw(List<Candidate> candidates) {
        StringBuilder order = new StringBuilder();
        WeightedOrder.draw(candidates, dice).forEach(candidate -> order.append(candidate.provider()));
        return order.toString();
    }

    private Map<String, Integer> frequencies(List<Candidate> candidates, int draws) {
        Map<String, Integer> frequencies = new HashMap<>();
        IntStream.range(0, draws).forEach(i -> frequencies.merge(draw(candidates), 1, Integer::sum));
        return frequencies;
    }

    @Test
    void two_candidates_at_70_to_30_come_first_70_to_30() {
        Map<String, Integer> first = frequencies(List.of(weighing("a", 70), weighing("b", 30)), DRAWS);
        long[] observed = {first.get("ab"), first.get("ba")};
        assertThat(ChiSquare.of(observed, new double[] {0.7, 0.3}, DRAWS)).isLessThan(ChiSquare.limit(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1,1", "5,3,2", "70,20,10", "1,10,100", "0.001,0.002,0.003"})
    void permutations_of_three_follow_plackett_and_luce(String weights) {
        double[] w = List.of(weights.split(",")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        List<Candidate> candidates = List.of(weighing("0", w[0]), weighing("1", w[1]), weighing("2", w[2]));
        List<String> orders = List.of("012", "021", "102", "120", "201", "210");

        Map<String, Integer> frequencies = frequencies(candidates, 6 * DRAWS);

        long[] observed = orders.stream()
                .mapToLong(order -> frequencies.getOrDefault(order, 0))
                .toArray();
        double[] shares =
                orders.stream().mapToDouble(order -> plackettLuce(order, w)).toArray();
        assertThat(ChiSquare.of(observed, shares, 6 * DRAWS)).isLessThan(ChiSquare.limit(5));
    }

    /** P(order) = Π wᵢ / (the weights not drawn before i). */
    private static double plackettLuce(String order, double[] weights) {
        double left = 0;
        for (double weight : weights) {
            left += weight;
        }
        double probability = 1;
        for (int i = 0; i < order.length(); i++) {
            double weight = weights[order.charAt(i) - '0'];
            probability *= weight / left;
            left -= weight;
        }
        return probability;
    }

    @Test
    void weights_over_nine_orders_of_magnitude_keep_their_shares() {
        int draws = 100 * DRAWS;
        List<Candidate> candidates = List.of(weighing("a", 1e-6), weighing("b", 1e3), weighing("c", 1));
        Map<String, Integer> frequencies = frequencies(candidates, draws);

        long cFirst = frequencies.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("c"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long[] observed = {cFirst, draws - cFirst};
        double share = 1 / (1e-6 + 1e3 + 1);
        assertThat(ChiSquare.of(observed, new double[] {share, 1 - share}, draws))
                .isLessThan(ChiSquare.limit(1));
        // Expected once in a thousand million draws.
        assertThat(frequencies).doesNotContainKeys("abc", "acb");
    }

    @Test
    void weight_zero_comes_after_all_others_of_its_priority() {
        List<Candidate> candidates = List.of(weighing("z", 0), weighing("a", 1e-300), weighing("b", 1e300));
        assertThat(frequencies(candidates, DRAWS).keySet()).allMatch(order -> order.endsWith("z"));
    }

    @Test
    void candidates_of_weight_zero_are_shuffled_among_themselves() {
        Map<String, Integer> orders = frequencies(List.of(weighing("y", 0), weighing("z", 0)), DRAWS);
        long[] observed = {orders.get("yz"), orders.get("zy")};
        assertThat(ChiSquare.of(observed, new double[] {0.5, 0.5}, DRAWS)).isLessThan(ChiSquare.limit(1));
    }

    @Test
    void lower_priorities_go_first_whatever_the_weights() {
        List<Candidate> candidates = List.of(of("c", 1e9, 2), of("b", 1, 1), of("z", 0, 0), of("a", 1, -1));
        assertThat(frequencies(candidates, DRAWS)).containsOnlyKeys("azbc");
    }

    @Test
    void a_lone_candidate_and_none_at_all_are_orders_too() {
        assertThat(draw(List.of(weighing("a", 5)))).isEqualTo("a");
        assertThat(draw(List.of(weighing("z", 0)))).isEqualTo("z");
        assertThat(draw(List.of())).isEmpty();
    }

    @Test
    void leaves_the_given_list_as_it_is() {
        List<Candidate> given = new ArrayList<>(List.of(weighing("a", 1), weighing("b", 1_000_000)));
        draw(given);
        assertThat(given).extracting(Candidate::provider).containsExactly("a", "b");
    }

    @Test
    void chances_of_being_first_are_shares_of_the_best_priority() {
        List<Candidate> candidates = List.of(of("a", 70, 1), of("b", 30, 1), of("c", 0, 1), of("d", 9, 2));
        assertThat(candidates)
                .extracting(candidate -> WeightedOrder.chanceFirst(candidate, candidates))
                .containsExactly(0.7, 0.3, 0.0, 0.0);
    }

    @Test
    void without_weights_the_chances_are_equal() {
        List<Candidate> candidates = List.of(of("a", 0, 1), of("b", 0, 1), of("c", 5, 2));
        assertThat(candidates)
                .extracting(candidate -> WeightedOrder.chanceFirst(candidate, candidates))
                .containsExactly(0.5, 0.5, 0.0);
        assertThat(WeightedOrder.chanceFirst(of("a", 1, 1), List.of())).isZero();
    }
}
