package io.understudy.example.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Turns dealt one by one in shuffled order, and shuffled again when all are dealt. Unlike free draws it shows every turn
 * within one round and has no long runs of the same. Not thread-safe.
 */
final class Deck {
    private final List<Turn> turns;
    private final Random random;
    private final Deque<Turn> left = new ArrayDeque<>();

    Deck(Random random, List<Turn> turns) {
        this.random = random;
        this.turns = List.copyOf(turns);
    }

    Turn deal() {
        if (left.isEmpty()) {
            List<Turn> shuffled = new ArrayList<>(turns);
            Collections.shuffle(shuffled, random);
            left.addAll(shuffled);
        }
        return left.removeFirst();
    }
}
