package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.Dialect;

/**
 * One path that the gateway answers.
 *
 * @param path below the prefix, with its leading slash; the same below a provider's base URL
 * @param streams whether {@code stream: true} means anything there
 */
public record Endpoint(String path, Dialect dialect, boolean streams) {}
