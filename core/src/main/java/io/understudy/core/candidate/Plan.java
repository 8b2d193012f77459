package io.understudy.core.candidate;

import java.util.List;

/**
 * The ordered candidates of one request.
 *
 * @param candidates the one to ask first comes first
 */
public record Plan(List<Candidate> candidates) {
    public Plan {
        candidates = List.copyOf(candidates);
    }
}
