package io.understudy.servlet.config;

import io.understudy.servlet.config.Surroundings.Opener;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Validates one provider. */
final class ProviderSection {
    private static final Pattern ENDPOINT = Pattern.compile(".*/(chat/completions|messages|responses|embeddings)");

    // The compiler of regular expressions recurses: a much longer one may overflow the stack.
    private static final int MAX_PATTERN_LENGTH = 500;

    private final Section section;
    private final ConfigFile.Provider wire;
    private final Opener files;
    private final Problems problems;

    ProviderSection(Section section, ConfigFile.Provider wire, Opener files, Problems problems) {
        this.section = section;
        this.wire = wire;
        this.files = files;
        this.problems = problems;
    }

    /** The provider called {@code name}; empty if its type or base URL is wrong. */
    Optional<ProviderSettings> read(String name, TimeoutSettings global) {
        Optional<ProviderType> type = section.requiredWord("type", wire.type(), ProviderType.class);
        Optional<URI> baseUrl = baseUrl();
        Optional<Secret> apiKey = apiKey();
        Optional<Set<String>> dialects = dialects();
        Map<String, String> headers = headers(type.filter(known -> apiKey.isPresent()));
        Map<String, String> query = query();
        List<Pattern> patterns = transientPatterns();
        Optional<URI> proxy = proxy();
        Optional<TrustStore> trustStore =
                new TrustStoreSection(section.section("trustStore"), files, problems).read(wire.trustStore());
        Integer maxConcurrent = maxConcurrent();
        TimeoutSettings timeouts = TimeoutsSection.over(global, section.section("timeouts"), wire.timeouts());
        return type.flatMap(known -> baseUrl.map(url -> new ProviderSettings(
                name,
                known,
                url,
                apiKey.orElse(null),
                dialects.orElse(new LinkedHashSet<>(known.dialects())),
                headers,
                query,
                !Boolean.FALSE.equals(wire.enabled()),
                Boolean.TRUE.equals(wire.transient400()),
                patterns,
                wire.prefill(),
                proxy.orElse(null),
                trustStore.orElse(null),
                maxConcurrent,
                timeouts)));
    }

    private Optional<URI> baseUrl() {
        KeyPath path = section.at("baseUrl");
        if (wire.baseUrl() == null) {
            problems.missing(path, Address.BASE);
            return Optional.empty();
        }
        Optional<URI> url = Address.base(path, wire.baseUrl(), problems);
        url.ifPresent(valid -> warn(path, valid));
        return url;
    }

    private void warn(KeyPath path, URI url) {
        boolean open = "http".equalsIgnoreCase(url.getScheme()) && !HostReach.isPrivate(url.getHost());
        if (open && wire.apiKey() != null) {
            problems.warn(path, problems.shown(path) + " carries the apiKey unencrypted; use https");
        }
        if (ENDPOINT.matcher(url.getPath()).matches()) {
            problems.warn(path, problems.shown(path) + " ends like an endpoint; the endpoint's path is added to it");
        }
    }

    private Optional<Secret> apiKey() {
        Secret apiKey = wire.apiKey();
        KeyPath path = section.at("apiKey");
        if (apiKey != null && apiKey.value().isEmpty()) {
            problems.add(path, "a credential, but it is empty; leave apiKey out for a provider that needs none");
        } else if (apiKey != null && !HeaderText.isCredential(apiKey.value())) {
            problems.add(path, HeaderText.CREDENTIAL_FORM);
        }
        return Optional.ofNullable(apiKey);
    }

    private Optional<Set<String>> dialects() {
        if (wire.dialects() == null) {
            return Optional.empty();
        }
        Set<String> dialects = new LinkedHashSet<>();
        section.each("dialects", wire.dialects(), (path, dialect) -> {
            if (!Settings.DIALECTS.contains(dialect)) {
                problems.unknown(path, dialect, Settings.DIALECTS);
            }
            dialects.add(dialect);
        });
        if (wire.dialects().isEmpty()) {
            problems.add(
                    section.at("dialects"), "an empty list", "at least one dialect, or no such key for the usual ones");
        }
        return Optional.of(dialects);
    }

    /** The headers; {@code credential} is the type whose credential header is taken by the apiKey. */
    private Map<String, String> headers(Optional<ProviderType> credential) {
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        credential.map(ProviderType::credentialHeader).ifPresent(taken::add);
        values(wire.headers()).forEach((name, value) -> {
            KeyPath path = section.at("headers").key(name);
            if (!HeaderText.isName(name)) {
                problems.add(path, "an unusable name", "the name of a header that does not belong to the connection");
            } else if (!taken.add(HeaderText.lower(name))) {
                problems.add(path, "given twice", "each header once, and not the one that the apiKey is sent in");
            } else if (!HeaderText.isValue(value)) {
                problems.add(path, "printable ASCII characters, without line breaks, not empty");
            }
            headers.put(name, value);
        });
        return headers;
    }

    private Map<String, String> query() {
        Map<String, String> query = values(wire.query());
        query.forEach((name, value) -> {
            if (name.isEmpty() || (name + value).chars().anyMatch(Character::isISOControl)) {
                problems.add(section.at("query").key(name), "a name and a value without control characters");
            }
        });
        return query;
    }

    private static Map<String, String> values(@Nullable Map<String, @Nullable Secret> secrets) {
        Map<String, String> values = new LinkedHashMap<>();
        if (secrets != null) {
            secrets.forEach((name, secret) -> {
                if (secret != null) {
                    values.put(name, secret.value());
                }
            });
        }
        return values;
    }

    private List<Pattern> transientPatterns() {
        List<Pattern> patterns = new ArrayList<>();
        section.each("transientPatterns", wire.transientPatterns(), (path, text) -> pattern(path, text)
                .ifPresent(patterns::add));
        return patterns;
    }

    private Optional<Pattern> pattern(KeyPath path, String text) {
        try {
            if (text.length() <= MAX_PATTERN_LENGTH) {
                return Optional.of(Pattern.compile(text));
            }
        } catch (PatternSyntaxException malformed) {
            // Said below, without the exception's message: that has the pattern in it, placeholders replaced.
        }
        problems.add(path, "a regular expression of at most " + MAX_PATTERN_LENGTH + " characters");
        return Optional.empty();
    }

    private Optional<URI> proxy() {
        return Optional.ofNullable(wire.proxy()).flatMap(text -> Address.proxy(section.at("proxy"), text, problems));
    }

    private @Nullable Integer maxConcurrent() {
        Integer value = wire.maxConcurrent();
        return value == null ? null : (Integer) section.whole("maxConcurrent", value, value, 1, Section.MANY);
    }
}
