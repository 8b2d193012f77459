package io.understudy.servlet.upstream;

import io.understudy.servlet.config.Secret;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes keys and tokens out of an upstream's error text before it is passed on: those that are configured, and whatever
 * looks like one. In time that grows with the text and no faster: no repetition can be tried twice from the same place.
 * Immutable.
 */
public final class Masking {
    private static final String MASK = "***";

    /** Keys by their prefixes; those that begin like ordinary words must be long and have a digit near. */
    private static final Pattern KEY_LIKE = Pattern.compile(
            // keys of OpenAI, Anthropic, OpenRouter, Groq, xAI, Perplexity, Nvidia, Cerebras, Together; partly masked
            // ones
            // as well
            "(?<![A-Za-z0-9])(?:sk|pk|rk|gsk|xai|pplx|nvapi|csk|tgp)[-_][A-Za-z0-9_*.\\-]{6,}+"
                    // Hugging Face, Fireworks and others
                    + "|(?<![A-Za-z0-9])(?:hf|fw|key)[-_](?=[A-Za-z_\\-]{0,40}+[0-9*])[A-Za-z0-9_*\\-]{16,}+"
                    // Google, AWS
                    + "|(?<![A-Za-z0-9])AIza[A-Za-z0-9_\\-]{10,}+"
                    + "|(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{12,}+"
                    // JSON Web Tokens
                    + "|(?<![A-Za-z0-9_\\-])eyJ[A-Za-z0-9_\\-]{8,}+\\.[A-Za-z0-9_\\-]++(?:\\.[A-Za-z0-9_\\-]*+)?");

    /** What stands behind the name of a credential without being one. */
    private static final String NO_VALUE =
            "(?!(?:bearer|basic|tokens?|auth|authentication|authorization|credentials?|scheme|headers?|keys?|is|was|or|and|in|of|"
                    + "required|missing|invalid|incorrect|expired|failed|please|null|true|false|none)(?![A-Za-z0-9_\\-]))";

    private static final Pattern NAMED = Pattern.compile(
            "(?i)(?<![A-Za-z0-9])((?:x-api-key|api[-_ ]?key|authorization)(?:\\\\?[\"'])?\\s*+[:=]\\s*+(?:\\\\?[\"'])?"
                    + "(?:(?:bearer|basic|token)\\s++)?|bearer\\s++)" + NO_VALUE + "([^\\s\"',;&<>(){}\\[\\]]++)");

    private static final Pattern QUERY = Pattern.compile("(https?:(?:\\\\?/){2}[^\\s\"'<>?]++)(\\?[^\\s\"'<>]++)?");

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
        masked = QUERY.matcher(masked)
                .replaceAll(url -> url.group(2) == null ? literally(url.group()) : masked(url, "?" + MASK));
        masked = NAMED.matcher(masked).replaceAll(named -> masked(named, MASK));
        return KEY_LIKE.matcher(masked).replaceAll(MASK);
    }

    /** Backslashes at the end belong to what follows: in JSON, to a quotation mark within a string. */
    private static String masked(MatchResult match, String mask) {
        String value = match.group(2);
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == '\\') {
            end--;
        }
        return literally(match.group(1) + mask + value.substring(end));
    }

    private static String literally(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
