package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.inbound.Routes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
    private static @Nullable Long callerRetries(FakeRequest request) {
        Routes routes = Routes.below("/v1");
        return new Journal(Objects.requireNonNull(routes.match(request.servlet())))
                .record()
                .callerRetries();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "007, 7", "0, ", "-1, ", "two, ", "'', ", "1234567890, "})
    void what_the_callers_sdk_says_of_its_earlier_tries_is_recorded_if_it_is_a_count(
            String header, @Nullable Long recorded) {
        FakeRequest request = FakeRequest.post("/v1/chat/completions").header("X-Stainless-Retry-Count", header);
        assertThat(callerRetries(request)).isEqualTo(recorded);
    }

    @Test
    void a_caller_who_says_nothing_has_tried_nothing() {
        assertThat(callerRetries(FakeRequest.post("/v1/chat/completions"))).isNull();
    }
}
