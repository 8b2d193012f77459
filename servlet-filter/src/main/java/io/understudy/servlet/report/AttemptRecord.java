package io.understudy.servlet.report;

import org.jspecify.annotations.Nullable;

/**
 * One upstream call of an exchange.
 *
 * @param model the upstream's model id
 * @param kind what went wrong, or null
 * @param status the upstream's HTTP status, null if there was no answer
 * @param durationMs from its start to its verdict, in milliseconds
 * @param firstTokenMs from its start to the commit point of its stream; null without one
 * @param absorbed whether it failed in an exchange that succeeded
 * @param maybeBilled whether it was lost after its request had been sent, so that the provider may charge for it
 */
public record AttemptRecord(
        String provider,
        String model,
        @Nullable String kind,
        @Nullable Integer status,
        long durationMs,
        @Nullable Long firstTokenMs,
        boolean absorbed,
        boolean maybeBilled) {

    /** The same, absorbed if it failed. */
    AttemptRecord inSuccess() {
        return new AttemptRecord(provider, model, kind, status, durationMs, firstTokenMs, kind != null, maybeBilled);
    }
}
