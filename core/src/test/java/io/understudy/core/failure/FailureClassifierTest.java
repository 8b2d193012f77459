package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final FailureClassifier classifier = new FailureClassifier(false, List.of());

    private static ErrorFacts facts(
            @Nullable Integer status, @Nullable String type, @Nullable String code, @Nullable String message) {
        return new ErrorFacts(status, Map.of(), type, code, message, null);
    }

    private static ErrorFacts withHeaders(int status, Map<String, String> headers) {
        return new ErrorFacts(status, headers, null, null, null, null);
    }

    private Failure classify(ErrorFacts facts) {
        return classifier.classify(facts, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "100, BAD_ANSWER", "200, BAD_ANSWER", "204, BAD_ANSWER", "302, BAD_ANSWER", "304, BAD_ANSWER",
        "399, BAD_ANSWER", "400, BAD_REQUEST", "401, UNAUTHORIZED", "402, QUOTA_EXHAUSTED", "403, UNAUTHORIZED",
        "404, UNAVAILABLE", "405, UNAVAILABLE", "406, BAD_REQUEST", "408, REQUEST_TIMEOUT", "409, UNAVAILABLE",
        "410, UNAVAILABLE", "413, BAD_REQUEST", "414, BAD_REQUEST", "415, BAD_REQUEST", "418, BAD_REQUEST",
        "422, BAD_REQUEST", "424, UNAVAILABLE", "429, RATE_LIMITED", "431, BAD_REQUEST", "451, UNAVAILABLE",
        "498, OVERLOADED", "499, UNAVAILABLE", "500, SERVER_ERROR", "501, UNAVAILABLE", "502, SERVER_ERROR",
        "503, OVERLOADED", "504, SERVER_ERROR", "520, SERVER_ERROR", "524, SERVER_ERROR", "529, OVERLOADED",
        "530, SERVER_ERROR", "599, SERVER_ERROR"
    })
    void a_status_alone_tells_the_kind(int status, FailureKind kind) {
        Failure failure = classify(withHeaders(status, Map.of()));
        assertThat(failure)
                .isEqualTo(Failure.of(kind, status, kind.label() + " (" + status + ")")
                        .withCooldown(status == 501 ? CooldownScope.CANDIDATE : kind.cooldown()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // OpenAI
                "400 | invalid_request_error | context_length_exceeded | - | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | - | This model's maximum context length is 8192 tokens. | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | content_policy_violation | - | CONTENT_POLICY",
                "400 | invalid_request_error | invalid_prompt | - | CONTENT_POLICY",
                "400 | invalid_request_error | unsupported_parameter | Unsupported parameter: 'top_k' | BAD_REQUEST",
                "400 | invalid_request_error | invalid_encrypted_content | - | BAD_REQUEST",
                "400 | image_generation_user_error | moderation_blocked | - | CONTENT_POLICY",
                "401 | invalid_request_error | invalid_api_key | - | UNAUTHORIZED",
                "403 | invalid_request_error | unsupported_country_region_territory | - | UNAUTHORIZED",
                "403 | invalid_request_error | model_not_found | Project has no access to gpt-5 | UNAVAILABLE",
                "404 | invalid_request_error | model_not_found | The model `x` does not exist | UNAVAILABLE",
                "429 | requests | rate_limit_exceeded | Please try again in 20ms. | RATE_LIMITED",
                "429 | rate_limit_error | slow_down | - | RATE_LIMITED",
                "429 | insufficient_quota | insufficient_quota | You exceeded your current quota | QUOTA_EXHAUSTED",
                "429 | insufficient_quota | billing_not_active | - | QUOTA_EXHAUSTED",
                "429 | insufficient_quota | organization_spend_limit_exceeded | - | QUOTA_EXHAUSTED",
                "503 | service_unavailable_error | server_is_overloaded | - | OVERLOADED",
                // Azure
                "400 | - | content_filter | The response was filtered | CONTENT_POLICY",
                "400 | - | 400 | triggering Azure OpenAI's content management policy | CONTENT_POLICY",
                "404 | - | DeploymentNotFound | The API deployment for this resource does not exist. | UNAVAILABLE",
                "429 | - | 429 | Requests have exceeded the call rate limit of your current tier | RATE_LIMITED",
                // Anthropic
                "400 | invalid_request_error | - | prompt is too long: 210000 tokens > 200000 maximum | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | - | Your credit balance is too low | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | - | You have reached your specified API usage limits. | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | - | Output blocked by content filtering policy | CONTENT_POLICY",
                "402 | billing_error | - | - | QUOTA_EXHAUSTED",
                "404 | not_found_error | - | model: claude-x | UNAVAILABLE",
                "413 | request_too_large | - | Request exceeds the maximum size | BAD_REQUEST",
                "429 | rate_limit_error | enforced_spend_limit_reached | - | QUOTA_EXHAUSTED",
                "500 | overloaded_error | - | Overloaded | OVERLOADED",
                "529 | overloaded_error | - | Overloaded | OVERLOADED",
                // Gemini
                "400 | INVALID_ARGUMENT | 400 | API key not valid. Please pass a valid API key. | UNAUTHORIZED",
                "400 | FAILED_PRECONDITION | 400 | User location is not supported for the API use. | UNAUTHORIZED",
                "400 | INVALID_ARGUMENT | 400 | The input token count (9) exceeds the maximum number of tokens allowed | CONTEXT_OVERFLOW",
                "400 | INVALID_ARGUMENT | 400 | Invalid JSON payload received. | BAD_REQUEST",
                "429 | RESOURCE_EXHAUSTED | 429 | You exceeded your current quota, please check your plan and billing details. | RATE_LIMITED",
                "503 | UNAVAILABLE | 503 | The model is overloaded. | OVERLOADED",
                // OpenRouter
                "400 | - | 400 | foo/bar is not a valid model ID | UNAVAILABLE",
                "402 | - | 402 | This request requires more credits | QUOTA_EXHAUSTED",
                "403 | - | 403 | Your chosen model requires moderation and your input was flagged | CONTENT_POLICY",
                "403 | - | 403 | Key limit exceeded (monthly limit). | QUOTA_EXHAUSTED",
                // Together, Groq, Mistral, DeepSeek, Cohere
                "403 | invalid_request_error | - | `inputs` tokens + `max_new_tokens` must be <= 4097 | CONTEXT_OVERFLOW",
                "413 | tokens | rate_limit_exceeded | Request too large for model on tokens per minute | CONTEXT_OVERFLOW",
                "498 | - | capacity_exceeded | - | OVERLOADED",
                "400 | invalid_request_error | 3051 | Prompt contains 40000 tokens, too large for model with 32768 maximum context length | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | invalid_request_error | Model Not Exist | UNAVAILABLE",
                "400 | invalid_request_error | - | Content Exists Risk | CONTENT_POLICY",
                "402 | unknown_error | invalid_request_error | Insufficient Balance | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | organization_restricted | Organization has been restricted. | UNAUTHORIZED",
                "400 | invalid_model | 1500 | Invalid model: mistral-x | UNAVAILABLE",
                "400 | invalid_request_error | dedicated_endpoint_not_running | - | UNAVAILABLE",
                "403 | - | no permission | Your newly created team doesn't have any credits or licenses yet. | QUOTA_EXHAUSTED",
                "400 | - | - | too many tokens: total number of tokens in the prompt cannot exceed 4081 | CONTEXT_OVERFLOW",
                // Bedrock
                "400 | ValidationException | - | Input is too long for requested model. | CONTEXT_OVERFLOW",
                "400 | ThrottlingException | - | Too many requests, please wait | RATE_LIMITED",
                "400 | ValidationException | - | The provided model identifier is invalid. | UNAVAILABLE",
                "400 | - | - | Invocation of model ID x with on-demand throughput isn’t supported. | UNAVAILABLE",
                "400 | ServiceQuotaExceededException | - | - | RATE_LIMITED",
                "403 | AccessDeniedException | - | You don't have access to the model | UNAUTHORIZED",
                "403 | - | - | You have no permission to use this model | UNAUTHORIZED",
                "422 | - | - | model: field required | BAD_REQUEST",
                "424 | ModelErrorException | - | - | UNAVAILABLE",
                "429 | ThrottlingException | - | Too many tokens, please wait before trying again. | RATE_LIMITED",
                "500 | RESOURCE_EXHAUSTED | - | - | RATE_LIMITED",
                // vLLM, llama.cpp, Ollama, a load balancer
                "400 | BadRequestError | 400 | This model's maximum context length is 4096 tokens. | CONTEXT_OVERFLOW",
                "400 | BadRequestError | 400 | max_tokens must be at least 1, got -186. | CONTEXT_OVERFLOW",
                "400 | BadRequestError | 400 | max_tokens must be at least 1, got 0. | BAD_REQUEST",
                "400 | exceed_context_size_error | 400 | the request exceeds the available context size | CONTEXT_OVERFLOW",
                "500 | exceed_context_size_error | 500 | the request exceeds the available context size | CONTEXT_OVERFLOW",
                "503 | unavailable_error | 503 | Loading model | OVERLOADED",
                "404 | - | - | model 'llama9' not found | UNAVAILABLE",
                "502 | - | - | <html><head><title>502 Bad Gateway</title> | SERVER_ERROR",
            })
    void the_upstreams_own_words_tell_more_than_the_status(
            int status, String type, String code, String message, FailureKind kind) {
        assertThat(classify(facts(status, type, code, message)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "overloaded_error | - | Overloaded | OVERLOADED",
                "api_error | - | Internal server error | SERVER_ERROR",
                "timeout_error | - | - | SERVER_ERROR",
                "rate_limit_error | - | - | RATE_LIMITED",
                "- | rate_limit_exceeded | Too many tokens, please wait | RATE_LIMITED",
                "- | insufficient_quota | - | QUOTA_EXHAUSTED",
                "authentication_error | - | - | UNAUTHORIZED",
                "not_found_error | - | model: claude-x | UNAVAILABLE",
                "invalid_request_error | - | prompt is too long | CONTEXT_OVERFLOW",
                "invalid_request_error | - | messages: required | BAD_REQUEST",
                "- | invalid_prompt | - | CONTENT_POLICY",
                "- | 429 | - | RATE_LIMITED",
                "- | 502 | Upstream error | SERVER_ERROR",
                "- | 400 | bad | BAD_REQUEST",
                "- | 42 | - | SERVER_ERROR",
                "- | - | - | SERVER_ERROR",
            })
    void an_event_without_a_status_is_judged_by_its_own_code(
            String type, String code, String message, FailureKind kind) {
        Failure failure = classify(facts(null, type, code, message));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isNull();
        assertThat(failure.message()).isEqualTo(kind.label());
    }

    @Test
    void an_error_inside_a_success_is_a_bad_answer_whatever_it_says() {
        assertThat(classify(facts(200, "rate_limit_error", "429", "slow down")).kind())
                .isEqualTo(FailureKind.BAD_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "404 | invalid_request_error | model_not_found | - | CANDIDATE",
                "404 | - | DeploymentNotFound | - | CANDIDATE",
                "404 | not_found_error | - | model: claude-x | CANDIDATE",
                "404 | - | 404 | No endpoints found for x/y:free. | CANDIDATE",
                "404 | - | 404 | No endpoints found that support tool use. | NONE",
                "404 | not_found_error | - | File not found: file_123 | NONE",
                "404 | - | - | No such vector store | NONE",
                "404 | - | - | - | NONE",
                "400 | - | model_not_found | - | CANDIDATE",
                "410 | - | - | This model has been retired | CANDIDATE",
                "405 | - | - | This model takes no POST | NONE",
                "409 | conflict_error | - | - | NONE",
                "501 | - | - | - | CANDIDATE",
            })
    void only_a_missing_model_cools_the_candidate_down(
            int status, String type, String code, String message, CooldownScope scope) {
        Failure failure = classify(facts(status, type, code, message));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.cooldown()).isEqualTo(scope);
    }

    @Test
    void bedrock_says_its_code_in_a_header() {
        Failure failure =
                classify(withHeaders(400, Map.of("x-amzn-errortype", "ThrottlingException:http://amazonaws.com/")));
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void a_400_may_pass_at_a_provider_known_for_it() {
        FailureClassifier lenient = new FailureClassifier(true, List.of());
        assertThat(lenient.classify(facts(400, null, null, "try again"), NOW).kind())
                .isEqualTo(FailureKind.TRANSIENT_400);
        assertThat(lenient.classify(facts(400, null, "context_length_exceeded", null), NOW)
                        .kind())
                .isEqualTo(FailureKind.CONTEXT_OVERFLOW);
        assertThat(lenient.classify(facts(422, null, null, null), NOW).kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void a_400_whose_text_matches_a_pattern_may_pass_unless_it_is_about_policy() {
        FailureClassifier patient = new FailureClassifier(
                false, List.of(Pattern.compile("never"), Pattern.compile("(?i)engine .* warming up|context window")));
        assertThat(patient.classify(facts(400, null, null, "Engine 3 is warming up"), NOW)
                        .kind())
                .isEqualTo(FailureKind.TRANSIENT_400);
        assertThat(patient.classify(facts(400, null, null, "context window moves"), NOW)
                        .kind())
                .isEqualTo(FailureKind.TRANSIENT_400);
        assertThat(patient.classify(facts(400, null, "content_filter", "engine is warming up"), NOW)
                        .kind())
                .isEqualTo(FailureKind.CONTENT_POLICY);
        assertThat(patient.classify(facts(400, null, null, "something else"), NOW)
                        .kind())
                .isEqualTo(FailureKind.BAD_REQUEST);
        assertThat(patient.classify(facts(500, null, null, "Engine 3 is warming up"), NOW)
                        .kind())
                .isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(patient.classify(facts(400, null, null, null), NOW).kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void reads_how_long_to_wait_from_headers_and_body() {
        Duration hint = Duration.ofSeconds(30);
        assertThat(classify(withHeaders(503, Map.of("retry-after", "2"))).retryAfter())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(classify(new ErrorFacts(429, Map.of(), null, null, null, hint))
                        .retryAfter())
                .isEqualTo(hint);
        assertThat(classify(new ErrorFacts(200, Map.of(), null, null, null, hint))
                        .retryAfter())
                .isNull();
    }

    @Test
    void believes_reset_headers_only_when_it_is_about_a_rate_limit() {
        Map<String, String> resets = Map.of("x-ratelimit-reset-tokens", "6m0s");
        assertThat(classify(withHeaders(429, resets)).retryAfter()).isEqualTo(Duration.ofMinutes(6));
        assertThat(classify(withHeaders(500, resets)).retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_990, 5_000_000})
    void looks_no_further_than_the_beginning_of_a_long_text(int padding) {
        String message = "x".repeat(padding) + " context length";
        assertThat(classify(facts(400, null, null, message)).kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void never_repeats_what_the_upstream_said() {
        Failure failure = classify(facts(401, "authentication_error", "invalid_api_key", "Incorrect key: sk-secret"));
        assertThat(failure.message()).isEqualTo("unauthorized (401)");
        assertThat(failure.toString()).doesNotContain("sk-secret");
    }
}
