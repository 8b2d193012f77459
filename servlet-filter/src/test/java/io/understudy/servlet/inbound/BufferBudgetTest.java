package io.understudy.servlet.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {
    private final BufferBudget budget = new BufferBudget(100);

    @Test
    void so_many_bytes_are_given_out_and_not_one_more() {
        BufferBudget.Share share = budget.share();
        assertThat(share.add(60)).isTrue();
        assertThat(share.add(40)).isTrue();
        assertThat(share.add(1)).isFalse();
        assertThat(share.add(0)).isTrue();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void what_one_holds_another_cannot_have_until_it_is_given_back() {
        BufferBudget.Share one = budget.share();
        BufferBudget.Share other = budget.share();
        assertThat(one.add(80)).isTrue();
        assertThat(other.add(30)).isFalse();
        one.remove(20);
        assertThat(other.add(30)).isTrue();
        one.release();
        assertThat(budget.used()).isEqualTo(30);
    }

    @Test
    void a_refused_request_for_bytes_takes_none() {
        BufferBudget.Share share = budget.share();
        assertThat(share.add(101)).isFalse();
        assertThat(budget.used()).isZero();
        share.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void giving_back_twice_gives_back_once() {
        BufferBudget.Share share = budget.share();
        assertThat(share.add(60)).isTrue();
        BufferBudget.Share other = budget.share();
        assertThat(other.add(10)).isTrue();
        share.release();
        share.release();
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void who_has_given_all_back_gets_nothing_more_because_nobody_would_give_it_back() {
        BufferBudget.Share share = budget.share();
        share.release();
        assertThat(share.add(1)).isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void under_contention_nothing_is_lost_and_the_limit_holds() {
        BufferBudget large = new BufferBudget(1_000);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            CompletableFuture.allOf(IntStream.range(0, 4)
                            .mapToObj(thread -> CompletableFuture.runAsync(() -> churn(large), pool))
                            .toArray(CompletableFuture<?>[]::new))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        } finally {
            pool.shutdownNow();
        }
        assertThat(large.used()).isZero();
    }

    private static void churn(BufferBudget large) {
        for (int i = 0; i < 20_000; i++) {
            BufferBudget.Share share = large.share();
            if (share.add(300)) {
                share.remove(100);
                share.add(50);
            }
            share.release();
        }
    }
}
