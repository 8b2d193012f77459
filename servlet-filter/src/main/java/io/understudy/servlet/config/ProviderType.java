package io.understudy.servlet.config;

import java.util.List;

/**
 * Whose API a provider has: gives the form of its credential, and the dialects it speaks unless {@code dialects} says
 * others.
 */
public enum ProviderType {
    /** {@code Authorization: Bearer}. */
    OPENAI("authorization"),
    /** {@code api-key}. */
    AZURE("api-key"),
    /** {@code x-api-key}. */
    ANTHROPIC("x-api-key");

    private final String credentialHeader;

    ProviderType(String credentialHeader) {
        this.credentialHeader = credentialHeader;
    }

    /** The header that carries the {@code apiKey}, in lower case. */
    public String credentialHeader() {
        return credentialHeader;
    }

    /** The dialects that a provider of this type speaks by default. */
    public List<String> dialects() {
        return switch (this) {
            case OPENAI, AZURE -> List.of("chat", "responses", "embeddings");
            case ANTHROPIC -> List.of("messages");
        };
    }
}
