package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RecordMethodsTest {
    /** On every JDK that the build runs on; that it helps is seen in the servers. */
    @Test
    void can_be_made_for_a_type_that_is_no_record() {
        assertThatCode(RecordMethods::forgetOurs).doesNotThrowAnyException();
    }

    @Test
    void stay_what_they_were() {
        RecordMethods.forgetOurs();
        assertThat(new Sample("one", 1)).isEqualTo(new Sample("one", 1)).isNotEqualTo(new Sample("two", 1));
        assertThat(new Sample("one", 1))
                .hasSameHashCodeAs(new Sample("one", 1))
                .hasToString("Sample[name=one, number=1]");
    }

    private record Sample(String name, int number) {}
}
