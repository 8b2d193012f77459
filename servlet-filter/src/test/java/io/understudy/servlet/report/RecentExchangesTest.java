package io.understudy.servlet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentExchangesTest {
    private final RecentExchanges recent = new RecentExchanges();

    @Test
    void nothing_is_there_at_first() {
        assertThat(recent.newestFirst()).isEmpty();
    }

    @Test
    void the_newest_comes_first() {
        add(0, 3);
        assertThat(ids()).containsExactly("2", "1", "0");
    }

    @Test
    void the_latest_two_hundred_stay() {
        add(0, 1234);
        assertThat(ids())
                .containsExactlyElementsOf(IntStream.range(0, 200)
                        .mapToObj(i -> Integer.toString(1233 - i))
                        .toList());
    }

    @Test
    void many_threads_together_keep_two_hundred_different_ones() {
        IntStream.range(0, 5000).parallel().forEach(i -> recent.ended(Exchanges.named(Integer.toString(i))));
        assertThat(ids()).hasSize(200).doesNotHaveDuplicates();
    }

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(i -> recent.ended(Exchanges.named(Integer.toString(i))));
    }

    private List<String> ids() {
        return recent.newestFirst().stream().map(ExchangeRecord::requestId).toList();
    }
}
