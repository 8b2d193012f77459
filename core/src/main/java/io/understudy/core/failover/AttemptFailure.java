package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.Reaction;

/**
 * An attempt that failed.
 *
 * @param attempt  which one
 * @param failure  what went wrong
 * @param reaction what the table made of it
 */
public record AttemptFailure(Attempt attempt, Failure failure, Reaction reaction) {}
