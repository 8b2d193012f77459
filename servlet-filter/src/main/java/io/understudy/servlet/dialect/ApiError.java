package io.understudy.servlet.dialect;

/**
 * An error of the gateway's own, before it takes the form of a dialect.
 *
 * @param status the HTTP status
 * @param code the machine-readable code, such as {@code all_providers_failed}
 * @param message for a person: names kinds and providers, never credentials, never an upstream's text
 * @param callersFault whether the request was at fault rather than a provider
 */
public record ApiError(int status, String code, String message, boolean callersFault) {
    /** A request that is refused without a call. */
    public static ApiError refusal(int status, String code, String message) {
        return new ApiError(status, code, message, true);
    }

    /** An answer that could not be had. */
    public static ApiError failure(int status, String code, String message) {
        return new ApiError(status, code, message, false);
    }
}
