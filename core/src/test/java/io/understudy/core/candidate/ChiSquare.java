package io.understudy.core.candidate;

/** Pearson's test of observed frequencies against expected shares. */
final class ChiSquare {
    private ChiSquare() {}

    /** Σ (observed − expected)² / expected. */
    static double of(long[] observed, double[] shares, long total) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double expected = shares[i] * total;
            sum += (observed[i] - expected) * (observed[i] - expected) / expected;
        }
        return sum;
    }

    /** The value that 99.9 % of honest samples stay below (Wilson–Hilferty approximation). */
    static double limit(int degreesOfFreedom) {
        double k = degreesOfFreedom;
        double cubeRoot = 1 - 2 / (9 * k) + 3.0902 * Math.sqrt(2 / (9 * k));
        return k * cubeRoot * cubeRoot * cubeRoot;
    }
}
