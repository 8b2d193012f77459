package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void is_never_printed() {
        assertThat(new Secret("sk-1234")).hasToString("***");
        assertThat("" + new ClientKey("team", new Secret("sk-1234"), null)).doesNotContain("sk", "1234");
    }

    @Test
    void equals_by_value() {
        assertThat(new Secret("sk-ä")).isEqualTo(new Secret("sk-ä")).hasSameHashCodeAs(new Secret("sk-ä"));
        assertThat(new Secret("sk-1")).isNotEqualTo(new Secret("sk-2"));
        assertThat(new Secret("sk-1")).isNotEqualTo(new Secret("sk-11"));
        assertThat(new Secret("***")).isNotEqualTo("***");
    }
}
