package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReactionTableTest {
    private static final Failure BUSY = Failure.of(FailureKind.OVERLOADED, 503, "busy");
    private static final Failure BUSY_EVENT = Failure.of(FailureKind.OVERLOADED, "busy");

    private final ReactionTable defaults = ReactionTable.defaults();

    @ParameterizedTest
    @EnumSource
    void without_overrides_every_kind_leads_to_its_default(FailureKind kind) {
        assertThat(defaults.reaction(Failure.of(kind, "failed"))).isEqualTo(kind.reaction());
    }

    @Test
    void an_override_changes_its_kind_alone() {
        ReactionTable table = defaults.with(Map.of(FailureKind.BAD_REQUEST, Reaction.NEXT), Map.of());
        assertThat(table.reaction(Failure.of(FailureKind.BAD_REQUEST, 400, "bad")))
                .isEqualTo(Reaction.NEXT);
        assertThat(table.reaction(BUSY)).isEqualTo(Reaction.RETRY);
    }

    @Test
    void a_status_beats_a_kind() {
        ReactionTable table = defaults.with(Map.of(FailureKind.OVERLOADED, Reaction.NEXT), Map.of(503, Reaction.FAIL));
        assertThat(table.reaction(BUSY)).isEqualTo(Reaction.FAIL);
        assertThat(table.reaction(Failure.of(FailureKind.OVERLOADED, 529, "busy")))
                .isEqualTo(Reaction.NEXT);
        assertThat(table.reaction(BUSY_EVENT)).isEqualTo(Reaction.NEXT);
    }

    @Test
    void the_layer_on_top_beats_the_one_below_even_a_kind_a_status() {
        ReactionTable global = defaults.with(Map.of(), Map.of(503, Reaction.FAIL, 500, Reaction.FAIL));
        ReactionTable provider = global.with(Map.of(FailureKind.OVERLOADED, Reaction.NEXT), Map.of());
        assertThat(provider.reaction(BUSY)).isEqualTo(Reaction.NEXT);
        assertThat(provider.reaction(Failure.of(FailureKind.SERVER_ERROR, 500, "down")))
                .isEqualTo(Reaction.FAIL);
        assertThat(global.reaction(BUSY)).isEqualTo(Reaction.FAIL);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 418, 599})
    void takes_every_error_status(int status) {
        ReactionTable table = defaults.with(Map.of(), Map.of(status, Reaction.NEXT));
        assertThat(table.reaction(Failure.of(FailureKind.BAD_REQUEST, status, "bad")))
                .isEqualTo(Reaction.NEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 302, 399, 600})
    void refuses_a_status_that_is_no_error(int status) {
        assertThatThrownBy(() -> defaults.with(Map.of(), Map.of(status, Reaction.FAIL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(status + ": FAIL (expected: a kind or a status from 400 to 599)");
    }

    @ParameterizedTest
    @EnumSource
    void refuses_any_override_of_a_caller_that_went_away(Reaction reaction) {
        assertThatThrownBy(() -> defaults.with(Map.of(FailureKind.CANCELLED, reaction), Map.of()))
                .hasMessage("cancelled: " + reaction + " (expected: no override, there is nobody left to answer)");
    }

    @Test
    void refuses_to_retry_what_is_too_long() {
        assertThatThrownBy(() -> defaults.with(Map.of(FailureKind.CONTEXT_OVERFLOW, Reaction.RETRY), Map.of()))
                .hasMessage("context_overflow: RETRY (expected: NEXT or FAIL, the same model stays too small)");
        assertThat(defaults.with(Map.of(FailureKind.CONTEXT_OVERFLOW, Reaction.FAIL), Map.of())
                        .reaction(Failure.of(FailureKind.CONTEXT_OVERFLOW, 400, "too long")))
                .isEqualTo(Reaction.FAIL);
    }

    @ParameterizedTest
    @EnumSource
    void without_retries_a_default_of_one_is_a_move_and_nothing_else_changes(FailureKind kind) {
        Reaction before = kind.reaction();
        assertThat(defaults.withoutRetries().reaction(Failure.of(kind, "failed")))
                .isEqualTo(before == Reaction.RETRY ? Reaction.NEXT : before);
    }

    @Test
    void without_retries_no_override_retries_either() {
        ReactionTable table = defaults.with(
                        Map.of(FailureKind.BAD_REQUEST, Reaction.RETRY, FailureKind.OVERLOADED, Reaction.FAIL),
                        Map.of(503, Reaction.RETRY))
                .withoutRetries();
        assertThat(table.reaction(BUSY)).isEqualTo(Reaction.NEXT);
        assertThat(table.reaction(BUSY_EVENT)).isEqualTo(Reaction.FAIL);
        assertThat(table.reaction(Failure.of(FailureKind.BAD_REQUEST, 400, "bad")))
                .isEqualTo(Reaction.NEXT);
    }
}
