package io.understudy.servlet.report;

/**
 * How long something takes, in milliseconds.
 *
 * @param p50 half of the times no longer than this
 * @param p99 99 of 100 times no longer than this
 */
public record Quantiles(long p50, long p99) {}
