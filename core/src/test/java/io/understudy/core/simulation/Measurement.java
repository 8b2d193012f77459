package io.understudy.core.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What is counted in one run. */
final class Measurement {
    /** The width of the bins in which calls are counted. */
    static final Duration BIN = Duration.ofMillis(20);

    private static final int BINS_PER_SECOND = 50;
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Trouble trouble;
    private final int[] begun;
    private final int[] ended;
    private final long[] returns;
    private final List<Duration> latencies = new ArrayList<>();
    private long requests;
    private long calls;
    private Duration longestReturn = Duration.ZERO;
    private Duration longestAftermath = Duration.ZERO;

    Measurement(Scenario scenario) {
        this.trouble = scenario.trouble();
        this.begun = new int[(int) scenario.length().multipliedBy(2).dividedBy(BIN)];
        this.ended = new int[begun.length];
        this.returns = new long[scenario.gateways()];
    }

    private static int bin(long now) {
        return (int) (now / BIN.toNanos());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void called(String provider, long now) {
        calls++;
        begun[bin(now)] += provider.equals(Scenario.SICK) ? 1 : 0;
    }

    void callEnded(String provider, long now) {
        ended[bin(now)] += provider.equals(Scenario.SICK) ? 1 : 0;
    }

    /** Notes a success of the provider in trouble. */
    void sickServed(int gateway, long calledAt, long now) {
        long end = trouble.latestEnd(now);
        if (calledAt >= end && returns[gateway] < end) {
            returns[gateway] = end;
            longestReturn = longer(longestReturn, Duration.ofNanos(now - end));
        }
    }

    void succeeded(long began, long now) {
        Duration latency = Duration.ofNanos(now - began);
        requests++;
        latencies.add(latency);
        if (latency.compareTo(SLOW) > 0) {
            suffered(began);
        }
    }

    void failed(long began) {
        requests++;
        suffered(began);
    }

    private void suffered(long began) {
        long end = trouble.latestEnd(began);
        if (end > 0 && !trouble.isOn(began)) {
            longestAftermath = longer(longestAftermath, Duration.ofNanos(began - end));
        }
    }

    double successRate() {
        return (double) latencies.size() / requests;
    }

    double callsPerRequest() {
        return (double) calls / requests;
    }

    /** The latency that so many of a hundred successful requests do not exceed (nearest rank). */
    Duration percentile(int percent) {
        int rank = (int) (((long) latencies.size() * percent + 99) / 100);
        return latencies.stream().sorted().skip(rank - 1).findFirst().orElseThrow();
    }

    /** The most calls that began at the provider in trouble within one second. */
    int peakLoad() {
        int sum = 0;
        int peak = 0;
        for (int i = 0; i < begun.length; i++) {
            sum += begun[i] - (i < BINS_PER_SECOND ? 0 : begun[i - BINS_PER_SECOND]);
            peak = Math.max(peak, sum);
        }
        return peak;
    }

    /** How many calls began at the provider in trouble in each of so many bins. */
    List<Integer> begun(Duration from, int bins) {
        int first = bin(from.toNanos());
        return IntStream.range(first, first + bins).mapToObj(i -> begun[i]).toList();
    }

    /** How many calls were under way at the provider in trouble, second by second. */
    List<Integer> underWay(Duration from, int seconds) {
        int first = bin(from.toNanos());
        return IntStream.range(0, seconds)
                .mapToObj(second -> underWay(first + second * BINS_PER_SECOND))
                .toList();
    }

    private int underWay(int bin) {
        return IntStream.range(0, bin).map(i -> begun[i] - ended[i]).sum();
    }

    /** The longest time from the end of a trouble until a request began that failed or took more than 5 s, zero if none. */
    Duration longestAftermath() {
        return longestAftermath;
    }

    /**
     * The longest time, of all gateways, from the end of a trouble until the provider that had been in it served a call
     * that had begun after it; zero if it never came to that.
     */
    Duration longestReturn() {
        return longestReturn;
    }
}
