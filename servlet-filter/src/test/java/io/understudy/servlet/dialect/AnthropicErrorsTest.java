package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicErrorsTest {
    /** The table in {@link AnthropicErrors}' documentation. */
    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, invalid_request_error",
        "401, authentication_error,  authentication_error",
        "403, permission_error,      permission_error",
        "404, not_found_error,       not_found_error",
        "413, request_too_large,     request_too_large",
        "415, invalid_request_error, api_error",
        "429, rate_limit_error,      rate_limit_error",
        "500, api_error,             api_error",
        "502, api_error,             api_error",
        "503, overloaded_error,      overloaded_error",
        "504, timeout_error,         timeout_error",
        "529, overloaded_error,      overloaded_error"
    })
    void names_an_error_by_its_status(int status, String ofRefusal, String ofFailure) {
        assertThat(AnthropicErrors.type(ApiError.refusal(status, "code", "m"))).isEqualTo(ofRefusal);
        assertThat(AnthropicErrors.type(ApiError.failure(status, "code", "m"))).isEqualTo(ofFailure);
    }
}
