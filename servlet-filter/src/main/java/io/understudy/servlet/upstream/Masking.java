package io.understudy.servlet.upstream;

import io.understudy.servlet.config.Secret;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes keys and tokens out of an upstream's error text before it is passed on: those that are configured, and whatever
 * looks like one. Immutable.
 */
public final class Masking {
    private static final String MASK = "***";

    private static final Pattern KEY_LIKE = Pattern.compile(
            // keys of OpenAI, Anthropic, OpenRouter, Groq, Hugging Face, xAI, Google, AWS; partly masked ones as well
            "\\b(?:sk|pk|rk|gsk|hf|xai|key|fw|pplx|nvapi|csk|tgp)[-_][A-Za-z0-9_*.\\-]{6,}"
                    + "|\\bAIza[A-Za-z0-9_\\-]{10,}"
                    + "|\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
                    + "|\\beyJ[A-Za-z0-9_\\-]{8,}\\.[A-Za-z0-9_\\-]+(?:\\.[A-Za-z0-9_\\-]*)?");

    private static final Pattern NAMED =
            Pattern.compile("(?i)\\b(bearer\\s+|(?:x-api-key|api-key|api_key|apikey|authorization)\"?\\s*[:=]\\s*\"?)"
                    + "(?!bearer)[^\\s\",}]+");

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s\"'<>?]+)\\?[^\\s\"'<>]*");

    private final List<String> secrets;

    /** A masking of these secrets, and of whatever looks like one. */
    public Masking(Collection<Secret> secrets) {
        this.secrets = secrets.stream()
                .map(Secret::value)
                .filter(value -> value.length() >= 4)
                .sorted((a, b) -> b.length() - a.length())
                .toList();
    }

    /** The text without them. */
    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        masked = QUERY.matcher(masked).replaceAll("$1?" + MASK);
        masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
        return KEY_LIKE.matcher(masked).replaceAll(MASK);
    }
}
