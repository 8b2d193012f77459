package io.understudy.core.failure;

import io.understudy.core.backoff.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of failure an upstream's answer is.
 *
 * <p>Code, type and text give {@linkplain Sign signs}; the status says which of them to believe, the first one of its
 * line first, and what to think otherwise:
 *
 * <table>
 * <caption>Statuses</caption>
 * <tr><th>status</th><th>believed</th><th>otherwise</th></tr>
 * <tr><td>below 400</td><td>–</td><td>bad_answer</td></tr>
 * <tr><td>400, 403, 422</td><td>policy, a provider's transient patterns (400), quota, context, key, model, limit</td>
 *     <td>transient_400 (400, where the provider is known for it), unauthorized (403), bad_request</td></tr>
 * <tr><td>404, 410</td><td>model</td><td>unavailable</td></tr>
 * <tr><td>413</td><td>context; a limit per minute that the request alone exceeds (Groq)</td><td>bad_request</td></tr>
 * <tr><td>429</td><td>quota</td><td>rate_limited</td></tr>
 * <tr><td>401 · 402 · 408 · 498</td><td>–</td>
 *     <td>unauthorized · quota_exhausted · request_timeout · overloaded</td></tr>
 * <tr><td>405, 409, 421, 423–426, 451, 499</td><td>–</td><td>unavailable</td></tr>
 * <tr><td>other 4xx</td><td>–</td><td>bad_request</td></tr>
 * <tr><td>501</td><td>–</td><td>unavailable, and the candidate cools down</td></tr>
 * <tr><td>503, 529</td><td>–</td><td>overloaded</td></tr>
 * <tr><td>other 5xx</td><td>limit, overloaded, context (older llama.cpp)</td><td>server_error</td></tr>
 * <tr><td>none (an error event)</td><td>all; a number as code counts as the status</td><td>server_error</td></tr>
 * </table>
 */
final class AnswerClassifier {
    private static final List<Sign> OF_REQUEST =
            List.of(Sign.POLICY, Sign.QUOTA, Sign.CONTEXT, Sign.KEY, Sign.MODEL, Sign.LIMITED);
    private static final List<Sign> OF_EVENT = List.of(
            Sign.POLICY,
            Sign.QUOTA,
            Sign.LIMITED,
            Sign.OVERLOADED,
            Sign.CONTEXT,
            Sign.KEY,
            Sign.MODEL,
            Sign.MISSING,
            Sign.REQUEST);

    private final ErrorFacts facts;
    private final @Nullable Integer status;
    private final Set<Sign> signs;
    private final boolean transient400;
    private final List<Pattern> transientPatterns;

    private AnswerClassifier(ErrorFacts facts, boolean transient400, List<Pattern> transientPatterns) {
        this.facts = facts;
        this.status = facts.status() == null ? numericCode(facts.code()) : facts.status();
        this.signs = signs(facts);
        this.transient400 = transient400;
        this.transientPatterns = transientPatterns;
    }

    static Failure classify(ErrorFacts facts, boolean transient400, List<Pattern> transientPatterns, Instant now) {
        return new AnswerClassifier(facts, transient400, transientPatterns).failure(now);
    }

    private Failure failure(Instant now) {
        FailureKind kind = kind();
        String message = facts.status() == null ? kind.label() : kind.label() + " (" + facts.status() + ")";
        return new Failure(kind, facts.status(), wait(kind, now), message, false, false, cooldown(kind), null);
    }

    private @Nullable Duration wait(FailureKind kind, Instant now) {
        return switch (kind) {
            case RATE_LIMITED -> RetryAfter.parse(facts.headers(), facts.retryHint(), now);
            case BAD_ANSWER -> null;
            default -> RetryAfter.explicit(facts.headers(), facts.retryHint(), now);
        };
    }

    private CooldownScope cooldown(FailureKind kind) {
        boolean lacksModel = kind == FailureKind.UNAVAILABLE && (isStatus(501) || signs.contains(Sign.MODEL));
        return lacksModel ? CooldownScope.CANDIDATE : kind.cooldown();
    }

    private boolean isStatus(int expected) {
        return status != null && status == expected;
    }

    private FailureKind kind() {
        if (status == null) {
            return believed(OF_EVENT, FailureKind.SERVER_ERROR);
        }
        if (status < 400) {
            return FailureKind.BAD_ANSWER;
        }
        return status < 500 ? kindOfRequest(status) : kindOfServer(status);
    }

    private FailureKind kindOfRequest(int status) {
        return switch (status) {
            case 400 -> kindOf400();
            case 401 -> FailureKind.UNAUTHORIZED;
            case 402 -> FailureKind.QUOTA_EXHAUSTED;
            case 403 -> believed(OF_REQUEST, FailureKind.UNAUTHORIZED);
            case 404, 405, 409, 410, 421, 423, 424, 425, 426, 451, 499 -> FailureKind.UNAVAILABLE;
            case 408 -> FailureKind.REQUEST_TIMEOUT;
            case 413 -> kindOf413();
            case 422 -> believed(OF_REQUEST, FailureKind.BAD_REQUEST);
            case 429 -> believed(List.of(Sign.QUOTA), FailureKind.RATE_LIMITED);
            case 498 -> FailureKind.OVERLOADED;
            default -> FailureKind.BAD_REQUEST;
        };
    }

    private FailureKind kindOf400() {
        boolean policy = signs.contains(Sign.POLICY);
        if (!policy && transientPatterns.stream().anyMatch(this::isFoundInText)) {
            return FailureKind.TRANSIENT_400;
        }
        return believed(OF_REQUEST, transient400 ? FailureKind.TRANSIENT_400 : FailureKind.BAD_REQUEST);
    }

    private boolean isFoundInText(Pattern pattern) {
        return facts.message() != null && pattern.matcher(facts.message()).find();
    }

    private FailureKind kindOf413() {
        boolean tooLong = signs.contains(Sign.CONTEXT) || signs.contains(Sign.LIMITED);
        return tooLong ? FailureKind.CONTEXT_OVERFLOW : FailureKind.BAD_REQUEST;
    }

    private FailureKind kindOfServer(int status) {
        return switch (status) {
            case 501 -> FailureKind.UNAVAILABLE;
            case 503, 529 -> FailureKind.OVERLOADED;
            default -> believed(List.of(Sign.LIMITED, Sign.OVERLOADED, Sign.CONTEXT), FailureKind.SERVER_ERROR);
        };
    }

    private FailureKind believed(List<Sign> credible, FailureKind otherwise) {
        return credible.stream()
                .filter(signs::contains)
                .map(Sign::kind)
                .findFirst()
                .orElse(otherwise);
    }

    private static Set<Sign> signs(ErrorFacts facts) {
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        addCode(facts.code(), signs);
        addCode(facts.type(), signs);
        addCode(bedrockType(facts), signs);
        if (facts.message() != null) {
            addText(facts, facts.message(), signs);
        }
        return signs;
    }

    private static void addCode(@Nullable String code, Set<Sign> signs) {
        Sign sign = code == null ? null : Sign.ofCode(code);
        if (sign != null) {
            signs.add(sign);
        }
    }

    /** As in {@code ThrottlingException:http://internal.amazon.com/…}. */
    private static @Nullable String bedrockType(ErrorFacts facts) {
        String header = facts.headers().get("x-amzn-errortype");
        return header == null ? null : header.replaceFirst(":.*", "");
    }

    private static void addText(ErrorFacts facts, String message, Set<Sign> signs) {
        ErrorTexts.read(message, signs);
        boolean gone = facts.status() == null ? signs.contains(Sign.MISSING) : isGone(facts.status());
        if (gone && ErrorTexts.isAboutTheModel(message)) {
            signs.add(Sign.MODEL);
        }
    }

    private static boolean isGone(int status) {
        return status == 404 || status == 410;
    }

    private static @Nullable Integer numericCode(@Nullable String code) {
        return code != null && code.matches("[45]\\d\\d") ? Integer.valueOf(code) : null;
    }
}
