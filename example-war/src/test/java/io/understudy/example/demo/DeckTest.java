package io.understudy.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeckTest {
    private static final List<Turn> TURNS = List.of(Turn.ANSWER, Turn.ANSWER, Turn.OVERLOADED, Turn.RATE_LIMITED);

    @Test
    void every_round_deals_every_turn() {
        Deck deck = new Deck(new Random(1), TURNS);
        for (int round = 0; round < 20; round++) {
            assertThat(dealt(deck, TURNS.size())).containsExactlyInAnyOrderElementsOf(TURNS);
        }
    }

    @Test
    void rounds_differ_from_each_other() {
        Deck deck = new Deck(new Random(1), TURNS);
        List<List<Turn>> rounds =
                Stream.generate(() -> dealt(deck, TURNS.size())).limit(20).toList();
        assertThat(Set.copyOf(rounds)).hasSizeGreaterThan(5);
    }

    private static List<Turn> dealt(Deck deck, int count) {
        return Stream.generate(deck::deal).limit(count).toList();
    }
}
