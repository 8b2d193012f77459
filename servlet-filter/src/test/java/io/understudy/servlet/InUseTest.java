package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InUseTest {
    private final AtomicInteger disposals = new AtomicInteger();
    private final InUse inUse = new InUse(disposals::incrementAndGet);

    @Test
    void it_is_disposed_of_when_the_last_user_has_given_it_back() {
        assertThat(inUse.take()).isTrue();
        inUse.giveBack();
        assertThat(disposals).hasValue(0);

        inUse.giveBack();

        assertThat(disposals).hasValue(1);
    }

    @Test
    void nobody_gets_what_has_been_disposed_of() {
        inUse.giveBack();

        assertThat(inUse.take()).isFalse();
        assertThat(inUse.take()).isFalse();
        assertThat(disposals).hasValue(1);
    }
}
