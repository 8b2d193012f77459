package io.understudy.servlet.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known word that somebody probably meant: the one with the smallest edit distance (insert, delete, replace, swap
 * of neighbours; case, {@code _}, {@code -} and {@code .} don't count), if at most a third of it differs.
 */
final class Nearest {
    private static final int MAX_LENGTH = 100;

    private Nearest() {}

    /** The hint {@code ; did you mean "x"?}, or nothing. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(nearest -> "; did you mean \"" + Printable.line(nearest) + "\"?")
                .orElse("");
    }

    static Optional<String> to(String word, Collection<String> known) {
        String meant = bare(word);
        return known.stream()
                .filter(candidate -> isNear(meant, bare(candidate)))
                .min(Comparator.comparingInt(candidate -> distance(meant, bare(candidate))));
    }

    private static boolean isNear(String meant, String known) {
        return meant.length() <= MAX_LENGTH
                && known.length() <= MAX_LENGTH
                && distance(meant, known) <= Math.max(1, known.length() / 3);
    }

    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    /** Optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = step(distances, a, b, i, j);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int step(int[][] distances, String a, String b, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        return isSwap(a, b, i, j) ? Math.min(cheapest, distances[i - 2][j - 2] + 1) : cheapest;
    }

    private static boolean isSwap(String a, String b, int i, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
