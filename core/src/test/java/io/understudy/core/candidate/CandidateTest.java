package io.understudy.core.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {
    @ParameterizedTest
    @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refuses_a_weight_that_is_no_share(double weight) {
        assertThatThrownBy(() -> new Candidate("openai", "gpt-4o", weight, 0, true, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight: " + weight + " (expected: a finite number >= 0)");
    }

    @Test
    void refuses_blank_names() {
        assertThatThrownBy(() -> new Candidate(" ", "gpt-4o", 1, 0, true, Set.of()))
                .hasMessage("provider: \" \" (expected: a name)");
        assertThatThrownBy(() -> new Candidate("openai", "", 1, 0, true, Set.of()))
                .hasMessage("model: \"\" (expected: a name)");
    }

    @Test
    void keeps_its_dialects_when_the_given_set_changes() {
        Set<String> dialects = new HashSet<>(Set.of("chat"));
        Candidate candidate = new Candidate("openai", "gpt-4o", 0, 0, true, dialects);
        dialects.clear();
        assertThat(candidate.dialects()).containsExactly("chat");
    }

    @Test
    void one_whose_dialects_do_not_matter_is_enabled_and_has_a_weight() {
        assertThat(Candidate.of("openai", "gpt-4o", 2))
                .isEqualTo(new Candidate("openai", "gpt-4o", 1, 2, true, Set.of()));
    }
}
