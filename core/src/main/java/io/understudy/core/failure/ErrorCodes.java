package io.understudy.core.failure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The error codes and types of the upstreams, by what they tell. Compared without case and punctuation, so that
 * {@code RESOURCE_EXHAUSTED} (Google), {@code ThrottlingException} (AWS) and {@code rate_limit_error} (Anthropic) need
 * one spelling each.
 *
 * <p>Sources: the OpenAI API description and its guide to error codes; Anthropic, <cite>Errors</cite>; Google,
 * {@code google.rpc.Code}; AWS, Bedrock Runtime <cite>Common errors</cite>; Azure OpenAI, Groq, OpenRouter, Mistral and
 * DeepSeek error pages; llama.cpp and vLLM sources.
 */
final class ErrorCodes {
    private static final List<String> QUOTA = List.of(
            "insufficient_quota",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_not_active",
            "billing_hard_limit_reached",
            "billing_error",
            "enforced_spend_limit_reached",
            "contract_spend_limit_reached",
            "usage_limit_reached",
            "payment_required",
            "insufficient_balance",
            "insufficient_credits",
            "insufficient_funds",
            "exceeded_current_quota_error",
            "arrearage");
    private static final List<String> LIMITED = List.of(
            "rate_limit_exceeded",
            "rate_limit_error",
            "rate_limited",
            "ramp_limit_exceeded",
            "slow_down",
            "too_many_requests",
            "too_many_requests_exception",
            "throttling",
            "throttled",
            "throttling_exception",
            "model_not_ready_exception",
            "service_quota_exceeded_exception",
            "resource_exhausted");
    private static final List<String> OVERLOADED = List.of(
            "overloaded",
            "overloaded_error",
            "server_overloaded",
            "server_is_overloaded",
            "engine_overloaded",
            "engine_overloaded_error",
            "model_overloaded",
            "capacity_exceeded",
            "service_unavailable",
            "service_unavailable_error",
            "service_unavailable_exception",
            "unavailable",
            "unavailable_error");
    private static final List<String> KEY = List.of(
            "invalid_api_key",
            "api_key_invalid",
            "incorrect_api_key",
            "authentication_error",
            "invalid_authentication_error",
            "unauthorized",
            "unauthenticated",
            "permission_error",
            "permission_denied",
            "permission_denied_error",
            "access_denied",
            "access_denied_exception",
            "unrecognized_client_exception",
            "expired_token_exception",
            "account_deactivated",
            "organization_restricted",
            "unsupported_country_region_territory");
    private static final List<String> MODEL = List.of(
            "model_not_found",
            "model_not_available",
            "model_decommissioned",
            "unknown_model",
            "invalid_model",
            "deployment_not_found",
            "dedicated_endpoint_not_running");
    private static final List<String> MISSING =
            List.of("not_found", "not_found_error", "resource_not_found_exception", "previous_response_not_found");
    private static final List<String> CONTEXT = List.of(
            "context_length_exceeded",
            "max_context_length_exceeded",
            "context_window_exceeded",
            "context_window_exceeded_error",
            "model_context_window_exceeded",
            "exceed_context_size_error",
            "model_max_prompt_tokens_exceeded",
            "prompt_too_long");
    private static final List<String> POLICY = List.of(
            "content_policy",
            "content_policy_violation",
            "image_content_policy_violation",
            "content_filter",
            "content_filtered",
            "responsible_ai_policy_violation",
            "invalid_prompt",
            "cyber_policy",
            "bio_policy",
            "misalignment_policy_violation",
            "moderation_blocked",
            "prohibited_content",
            "data_inspection_failed");
    private static final List<String> REQUEST = List.of(
            "invalid_request",
            "invalid_request_error",
            "bad_request",
            "bad_request_error",
            "invalid_argument",
            "failed_precondition",
            "validation_exception",
            "invalid_value",
            "unsupported_parameter",
            "unsupported_value",
            "invalid_encrypted_content",
            "request_too_large");

    /** What each known code tells; keys are {@linkplain #normalised normalised}. */
    static final Map<String, Sign> SIGNS = signs();

    private ErrorCodes() {}

    private static Map<String, Sign> signs() {
        Map<String, Sign> signs = new HashMap<>();
        put(signs, QUOTA, Sign.QUOTA);
        put(signs, LIMITED, Sign.LIMITED);
        put(signs, OVERLOADED, Sign.OVERLOADED);
        put(signs, KEY, Sign.KEY);
        put(signs, MODEL, Sign.MODEL);
        put(signs, MISSING, Sign.MISSING);
        put(signs, CONTEXT, Sign.CONTEXT);
        put(signs, POLICY, Sign.POLICY);
        put(signs, REQUEST, Sign.REQUEST);
        return Map.copyOf(signs);
    }

    private static void put(Map<String, Sign> signs, List<String> codes, Sign sign) {
        codes.forEach(code -> signs.put(normalised(code), sign));
    }

    /** The code in lower case, without anything but letters and digits. */
    static String normalised(String code) {
        StringBuilder plain = new StringBuilder(code.length());
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }
}
