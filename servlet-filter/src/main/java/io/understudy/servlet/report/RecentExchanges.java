package io.understudy.servlet.report;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The latest 200 records. Lock-free: each exchange that ends takes the place of the oldest one. */
public final class RecentExchanges implements ExchangeListener {
    private static final int MOST = 200;

    private record Entry(long number, ExchangeRecord exchange) {}

    private final AtomicLong next = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(MOST);

    @Override
    public void ended(ExchangeRecord exchange) {
        Entry entry = new Entry(next.getAndIncrement(), exchange);
        entries.accumulateAndGet(slot(entry.number()), entry, RecentExchanges::newer);
    }

    /** The records, the one that ended last first. */
    public List<ExchangeRecord> newestFirst() {
        return IntStream.range(0, MOST)
                .mapToObj(entries::get)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Entry::number).reversed())
                .map(Entry::exchange)
                .toList();
    }

    private static int slot(long number) {
        return (int) (number % MOST);
    }

    private static Entry newer(@Nullable Entry present, Entry entry) {
        return present != null && present.number() > entry.number() ? present : entry;
    }
}
