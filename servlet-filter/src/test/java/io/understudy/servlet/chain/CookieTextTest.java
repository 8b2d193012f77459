package io.understudy.servlet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

class CookieTextTest {
    @Test
    void names_its_attributes_and_its_flags() {
        Cookie cookie = new Cookie("session", "abc");
        cookie.setPath("/llm");
        cookie.setMaxAge(60);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Strict");
        assertThat(CookieText.of(cookie).split("; "))
                .startsWith("session=abc")
                .containsExactlyInAnyOrder(
                        "session=abc", "Path=/llm", "Max-Age=60", "Secure", "HttpOnly", "SameSite=Strict");
    }

    @Test
    void a_flag_that_is_off_is_not_named() {
        Cookie cookie = new Cookie("session", "");
        cookie.setSecure(true);
        cookie.setSecure(false);
        assertThat(CookieText.of(cookie)).isEqualTo("session=");
    }
}
