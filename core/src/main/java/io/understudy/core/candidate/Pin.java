package io.understudy.core.candidate;

/**
 * A caller's wish for one provider.
 *
 * @param provider the provider's configured name
 */
public record Pin(String provider) {}
