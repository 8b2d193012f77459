package io.understudy.core.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.CandidateFilter.Selection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidateFilterTest {
    private static final Candidate OPENAI = offer("openai", "gpt-4o", true, "chat", "responses");
    private static final Candidate AZURE = offer("azure", "gpt4o-prod", true, "chat");
    private static final Candidate AZURE_SPARE = offer("azure", "gpt4o-spare", true, "chat");
    private static final Candidate SWITCHED_OFF = offer("vllm", "qwen3", false, "chat");
    private static final List<Candidate> OFFERS = List.of(OPENAI, AZURE, SWITCHED_OFF, AZURE_SPARE);

    private static Candidate offer(String provider, String model, boolean enabled, String... dialects) {
        return new Candidate(provider, model, 1, 0, enabled, Set.of(dialects));
    }

    @Test
    void leaves_out_disabled_offers_and_keeps_the_order() {
        Selection selection = CandidateFilter.select(OFFERS, "chat", null, candidate -> true);
        assertThat(selection).isEqualTo(new Selection(List.of(OPENAI, AZURE, AZURE_SPARE), false));
    }

    @Test
    void leaves_out_offers_that_do_not_speak_the_dialect() {
        assertThat(CandidateFilter.select(OFFERS, "responses", null, candidate -> true)
                        .candidates())
                .containsExactly(OPENAI);
        assertThat(CandidateFilter.select(OFFERS, "messages", null, candidate -> true)
                        .candidates())
                .isEmpty();
    }

    @Test
    void leaves_out_offers_that_the_request_rules_out() {
        assertThat(CandidateFilter.select(OFFERS, "chat", null, candidate -> !candidate.equals(AZURE))
                        .candidates())
                .containsExactly(OPENAI, AZURE_SPARE);
    }

    @Test
    void a_pin_leaves_only_the_offers_of_its_provider() {
        assertThat(CandidateFilter.select(OFFERS, "chat", new Pin("azure"), candidate -> true))
                .isEqualTo(new Selection(List.of(AZURE, AZURE_SPARE), false));
    }

    @Test
    void a_pin_to_a_provider_without_an_offer_is_ignored() {
        assertThat(CandidateFilter.select(OFFERS, "chat", new Pin("claude"), candidate -> true))
                .isEqualTo(new Selection(List.of(OPENAI, AZURE, AZURE_SPARE), true));
    }

    @Test
    void a_pin_to_an_offer_that_cannot_be_used_leaves_nobody() {
        assertThat(CandidateFilter.select(OFFERS, "chat", new Pin("vllm"), candidate -> true))
                .isEqualTo(new Selection(List.of(), false));
        assertThat(CandidateFilter.select(OFFERS, "responses", new Pin("azure"), candidate -> true))
                .isEqualTo(new Selection(List.of(), false));
    }

    @Test
    void no_offers_leave_nobody() {
        assertThat(CandidateFilter.select(List.of(), "chat", null, candidate -> true))
                .isEqualTo(new Selection(List.of(), false));
        assertThat(CandidateFilter.select(List.of(), "chat", new Pin("azure"), candidate -> true))
                .isEqualTo(new Selection(List.of(), true));
    }
}
