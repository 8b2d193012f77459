package io.understudy.servlet.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.dialect.StateReferences;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateOwnersTest {
    private final StateOwners owners = new StateOwners(2);

    @Test
    void knows_who_keeps_what_it_has_been_told_of() {
        owners.remember(to("resp_1"), "a");

        assertThat(owners.ownerOf(to("resp_1"))).isEqualTo("a");
        assertThat(owners.ownerOf(to("resp_2"))).isNull();
        assertThat(owners.ownerOf(to("resp_2", "resp_1"))).isEqualTo("a");
        assertThat(owners.ownerOf(StateReferences.NONE)).isNull();
    }

    @Test
    void believes_what_it_has_been_told_last() {
        owners.remember(to("resp_1"), "a");
        owners.remember(to("resp_1"), "b");

        assertThat(owners.ownerOf(to("resp_1"))).isEqualTo("b");
    }

    @Test
    void forgets_what_has_been_used_least_recently() {
        owners.remember(to("resp_1", "resp_2"), "a");
        owners.ownerOf(to("resp_1"));
        owners.remember(to("resp_3"), "b");

        assertThat(owners.ownerOf(to("resp_2"))).isNull();
        assertThat(owners.ownerOf(to("resp_1"))).isEqualTo("a");
        assertThat(owners.ownerOf(to("resp_3"))).isEqualTo("b");
    }

    @Test
    void does_not_remember_ids_that_are_none() {
        owners.remember(to("x".repeat(257)), "a");

        assertThat(owners.ownerOf(to("x".repeat(257)))).isNull();
    }

    private static StateReferences to(String... ids) {
        return StateReferences.to(List.of(ids));
    }
}
