package io.understudy.benchmark;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.WeightedOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The weighted order of ten candidates of different weights. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class WeightedOrderBenchmark {
    private final List<Candidate> candidates = IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new Candidate("p" + i, "m", i, 0, true, Set.of("chat")))
            .toList();

    /** The order. */
    @Benchmark
    public List<Candidate> order() {
        return WeightedOrder.draw(candidates, ThreadLocalRandom.current());
    }
}
