package io.understudy.servlet.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigException;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.fake.FakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final FakeRequest LOCAL =
            FakeRequest.post("/understudy/status").header("Host", "localhost:8080");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // open on loopback, key, shown, decision
                "false, -,   -,              HIDDEN",
                "false, -,   Bearer key,     HIDDEN",
                "false, key, -,              REFUSED",
                "false, key, Bearer key,     GRANTED",
                "false, key, bearer  key,    GRANTED",
                "false, key, Bearer kez,     REFUSED",
                "false, key, Bearer ke,      REFUSED",
                "false, key, Bearer,         REFUSED",
                "false, key, Basic key,      REFUSED",
                "false, key, key,            REFUSED",
                "true,  -,   -,              GRANTED",
                "true,  -,   Bearer any,     GRANTED",
                "true,  key, -,              GRANTED",
                "true,  key, Bearer key,     GRANTED",
                "true,  key, Bearer kez,     REFUSED"
            })
    void the_documented_table_holds_for_a_local_caller(
            boolean open, @Nullable String key, @Nullable String shown, Access decision) throws ConfigException {
        FakeRequest request = shown == null ? LOCAL : LOCAL.header("Authorization", shown);
        assertThat(Access.of(from("127.0.0.1", request), settings(open, key))).isEqualTo(decision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1"})
    void this_machine_is_local(String address) throws ConfigException {
        assertThat(Access.of(from(address, LOCAL), settings(true, null))).isEqualTo(Access.GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.7", "::2", "8.8.8.8"})
    void another_one_is_not(String address) throws ConfigException {
        assertThat(Access.of(from(address, LOCAL), settings(true, null))).isEqualTo(Access.HIDDEN);
        assertThat(Access.of(from(address, LOCAL), settings(true, "key"))).isEqualTo(Access.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-FORWARDED-PROTO",
                "X-Forwarded-Anything",
                "X-Real-IP",
                "Via"
            })
    void whoever_comes_through_a_proxy_is_not_local(String header) throws ConfigException {
        assertThat(Access.of(from("127.0.0.1", LOCAL.header(header, "127.0.0.1")), settings(true, null)))
                .isEqualTo(Access.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8080"})
    void this_machine_has_these_names(String host) throws ConfigException {
        assertThat(Access.of(from("127.0.0.1", named(host)), settings(true, null)))
                .isEqualTo(Access.GRANTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "evil.example:localhost",
                "",
                "10.0.0.1",
                "0.0.0.0"
            })
    void a_name_that_was_made_to_point_here_is_none_of_them(String host) throws ConfigException {
        assertThat(Access.of(from("127.0.0.1", named(host)), settings(true, null)))
                .isEqualTo(Access.HIDDEN);
    }

    @Test
    void neither_is_no_name_nor_two() throws ConfigException {
        FakeRequest nameless = FakeRequest.post("/understudy/status");
        assertThat(Access.of(from("127.0.0.1", nameless), settings(true, null))).isEqualTo(Access.HIDDEN);
        assertThat(Access.of(from("127.0.0.1", LOCAL.header("Host", "evil.example")), settings(true, null)))
                .isEqualTo(Access.HIDDEN);
    }

    private static FakeRequest named(String host) {
        return FakeRequest.post("/understudy/status").header("Host", host);
    }

    private static HttpServletRequest from(String address, FakeRequest request) {
        return new HttpServletRequestWrapper(request.servlet()) {
            @Override
            public String getRemoteAddr() {
                return address;
            }
        };
    }

    private static Settings settings(boolean open, @Nullable String key) throws ConfigException {
        String keyMember = key == null ? "" : ", \"adminKey\": \"" + key + "\"";
        return ConfigReader.ofSystem()
                .read(
                        """
                        {"providers": {"a": {"type": "openai", "baseUrl": "http://a.test/v1"}},
                         "models": {"m": [{"provider": "a"}]}, "adminOpenOnLoopback": %s%s}"""
                                .formatted(open, keyMember));
    }
}
