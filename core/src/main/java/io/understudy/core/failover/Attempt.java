package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;

/**
 * One upstream call of an exchange.
 *
 * @param id        its number within the exchange, from 1
 * @param candidate who is called
 * @param tryNumber how often this candidate has been called in this exchange, this time included; a call that is
 *     repeated because of a stale connection keeps its number
 */
public record Attempt(int id, Candidate candidate, int tryNumber) {}
