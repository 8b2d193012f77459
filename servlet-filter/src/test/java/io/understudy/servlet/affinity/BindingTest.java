package io.understudy.servlet.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.servlet.dialect.StateReferences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingTest {
    private static final Candidate A1 = candidate("a", "m1");
    private static final Candidate A2 = candidate("a", "m2");
    private static final Candidate B = candidate("b", "m1");
    private static final StateReferences RESPONSE = StateReferences.to(List.of("resp_1"));

    private final StateOwners owners = new StateOwners();

    @Test
    void a_request_that_refers_to_nothing_is_bound_to_nobody() {
        Binding binding = binding(StateReferences.NONE);

        assertThat(binding.turns(new Plan(List.of(A1, B, A2)))).containsExactly(new Plan(List.of(A1, B, A2)));
        assertThat(binding.admits(B)).isTrue();
    }

    @Test
    void a_known_owner_alone_is_admitted() {
        owners.remember(RESPONSE, "a");
        Binding binding = binding(RESPONSE);

        assertThat(binding.admits(A1)).isTrue();
        assertThat(binding.admits(B)).isFalse();
        assertThat(binding.turns(new Plan(List.of(A1, A2)))).containsExactly(new Plan(List.of(A1, A2)));
    }

    @Test
    void without_a_known_owner_the_providers_have_their_turns() {
        assertThat(binding(RESPONSE).turns(new Plan(List.of(A1, B, A2))))
                .containsExactly(new Plan(List.of(A1, A2)), new Plan(List.of(B)));
    }

    @Test
    void an_owner_that_is_no_longer_configured_is_unknown() {
        owners.remember(RESPONSE, "gone");

        assertThat(binding(RESPONSE).owner()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            404 | -                           | Response with id 'resp_1' not found.                        | true
            404 | -                           | -                                                           | true
            404 | not_found_error             | File not found: file_1                                      | true
            410 | -                           | gone                                                        | true
            405 | -                           | Method Not Allowed                                          | true
            400 | previous_response_not_found | Previous response with id 'resp_1' not found.               | true
            400 | -                           | Previous response with id 'resp_1' not found.               | true
            400 | invalid_value               | No such File object: resp_1                                 | true
            404 | model_not_found             | The model `m` does not exist                                | false
            404 | DeploymentNotFound          | The API deployment for this resource does not exist.        | false
            409 | conflict                    | resp_1 is locked                                            | false
            400 | -                           | Tool 'x' not found in 'tools'.                              | false
            400 | -                           | resp_1 is expired                                           | false
            401 | invalid_api_key             | -                                                           | false
            429 | -                           | -                                                           | false
            503 | -                           | resp_1 not found in the cache                               | false
            -   | previous_response_not_found | Previous response with id 'resp_1' not found.               | true
            -   | not_found_error             | File not found: file_1                                      | true
            -   | invalid_request_error       | Previous response with id 'resp_1' not found.               | true
            -   | invalid_request_error       | Tool 'x' not found in 'tools'.                              | false
            -   | not_found_error             | model: m                                                    | false
            -   | server_error                | -                                                           | false
            """)
    void only_not_found_means_that_it_may_be_elsewhere(
            @Nullable Integer status, @Nullable String code, @Nullable String message, boolean missing) {
        ErrorFacts facts = new ErrorFacts(status, Map.of(), null, code, message, null);

        assertThat(binding(RESPONSE).isMissing(classified(facts), facts)).isEqualTo(missing);
    }

    @Test
    void nothing_is_missing_that_was_not_referred_to() {
        ErrorFacts facts = new ErrorFacts(404, Map.of(), null, null, "not found", null);

        assertThat(binding(StateReferences.NONE).isMissing(classified(facts), facts))
                .isFalse();
        assertThat(binding(new StateReferences(true, List.of())).isMissing(classified(facts), facts))
                .isFalse();
    }

    private Binding binding(StateReferences references) {
        return Binding.of(references, owners, Set.of("a", "b"));
    }

    private static Failure classified(ErrorFacts facts) {
        return new FailureClassifier(false, List.of()).classify(facts, Instant.EPOCH);
    }

    private static Candidate candidate(String provider, String model) {
        return new Candidate(provider, model, 1, 0, true, Set.of("responses"));
    }
}
