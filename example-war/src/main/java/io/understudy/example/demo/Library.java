package io.understudy.example.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Paragraphs that the simulated providers make their answers of. */
record Library(List<String> paragraphs) {
    private static final int PARAGRAPHS_PER_ANSWER = 3;

    /** Before each white space after a word: a token is a word with the space in front of it. */
    private static final Pattern TOKEN_EDGE = Pattern.compile("(?<=\\S)(?=\\s)");

    Library {
        paragraphs = List.copyOf(paragraphs);
    }

    /** The paragraphs of {@code library.txt}, divided by blank lines. */
    static Library bundled() {
        try (InputStream file = Library.class.getResourceAsStream("library.txt")) {
            if (file == null) {
                throw new IllegalStateException("library.txt is not in the WAR");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Library(text.lines().filter(line -> !line.isBlank()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokens of a text of some paragraphs, no two of them the same. */
    List<String> tokens(Random random) {
        List<String> shuffled = new ArrayList<>(paragraphs);
        Collections.shuffle(shuffled, random);
        return List.of(TOKEN_EDGE.split(String.join("\n\n", shuffled.subList(0, PARAGRAPHS_PER_ANSWER))));
    }
}
