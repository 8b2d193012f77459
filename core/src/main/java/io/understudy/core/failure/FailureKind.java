package io.understudy.core.failure;

import static io.understudy.core.failure.Blame.ALIVE;
import static io.understudy.core.failure.Blame.COUNTS;
import static io.understudy.core.failure.Blame.NEUTRAL;
import static io.understudy.core.failure.CooldownScope.CANDIDATE;
import static io.understudy.core.failure.CooldownScope.NONE;
import static io.understudy.core.failure.CooldownScope.PROVIDER;
import static io.understudy.core.failure.Reaction.FAIL;
import static io.understudy.core.failure.Reaction.NEXT;
import static io.understudy.core.failure.Reaction.RETRY;

import java.util.Locale;

/**
 * What went wrong in an attempt, with what it leads to unless the configuration says otherwise.
 *
 * <table>
 * <caption>The kinds</caption>
 * <tr><th>kind</th><th>reaction</th><th>circuit</th><th>cools down</th></tr>
 * <tr><td>rate_limited</td><td>RETRY</td><td>neutral</td><td>the candidate</td></tr>
 * <tr><td>overloaded</td><td>RETRY</td><td>counts</td><td>the candidate, if the upstream says how long</td></tr>
 * <tr><td>server_error</td><td>RETRY</td><td>counts</td><td>–</td></tr>
 * <tr><td>request_timeout</td><td>RETRY</td><td>counts</td><td>–</td></tr>
 * <tr><td>connection</td><td>RETRY</td><td>counts</td><td>–</td></tr>
 * <tr><td>timeout</td><td>NEXT</td><td>counts</td><td>–</td></tr>
 * <tr><td>quota_exhausted</td><td>NEXT</td><td>neutral</td><td>the provider</td></tr>
 * <tr><td>unauthorized</td><td>NEXT</td><td>neutral</td><td>the provider</td></tr>
 * <tr><td>unavailable</td><td>NEXT</td><td>neutral</td><td>– (the candidate, if its model is what is missing)</td></tr>
 * <tr><td>context_overflow</td><td>NEXT</td><td>neutral</td><td>–</td></tr>
 * <tr><td>content_policy</td><td>FAIL</td><td>alive</td><td>–</td></tr>
 * <tr><td>transient_400</td><td>RETRY</td><td>neutral</td><td>–</td></tr>
 * <tr><td>bad_request</td><td>FAIL</td><td>alive</td><td>–</td></tr>
 * <tr><td>bad_answer</td><td>NEXT</td><td>counts</td><td>–</td></tr>
 * <tr><td>cancelled</td><td>FAIL</td><td>neutral</td><td>–</td></tr>
 * </table>
 */
public enum FailureKind {
    /** The upstream asks for fewer requests or tokens per time. */
    RATE_LIMITED(RETRY, NEUTRAL, CANDIDATE),
    /** The upstream has too much to do, for everybody. */
    OVERLOADED(RETRY, COUNTS, CANDIDATE),
    /** The upstream failed while it worked on the request. */
    SERVER_ERROR(RETRY, COUNTS, NONE),
    /** The upstream says that the request came too slowly, or that its own model did. */
    REQUEST_TIMEOUT(RETRY, COUNTS, NONE),
    /** No connection, or one lost before the answer was complete. */
    CONNECTION(RETRY, COUNTS, NONE),
    /** No answer in time; a silent target is not asked again. */
    TIMEOUT(NEXT, COUNTS, NONE),
    /** The account has no credit left. */
    QUOTA_EXHAUSTED(NEXT, NEUTRAL, PROVIDER),
    /** The gateway's own credentials are refused. */
    UNAUTHORIZED(NEXT, NEUTRAL, PROVIDER),
    /** The upstream does not have what was asked for. */
    UNAVAILABLE(NEXT, NEUTRAL, NONE),
    /** The request is longer than this model can take; another may hold it. */
    CONTEXT_OVERFLOW(NEXT, NEUTRAL, NONE),
    /** The request offends the upstream's content policy; that is never routed around. */
    CONTENT_POLICY(FAIL, ALIVE, NONE),
    /** A 400 that is known to pass. */
    TRANSIENT_400(RETRY, NEUTRAL, NONE),
    /** The request itself is wrong. */
    BAD_REQUEST(FAIL, ALIVE, NONE),
    /** An answer that is none: unreadable, empty, or an error dressed as a success. */
    BAD_ANSWER(NEXT, COUNTS, NONE),
    /** The caller went away; nobody is blamed. */
    CANCELLED(FAIL, NEUTRAL, NONE);

    private final Reaction reaction;
    private final Blame blame;
    private final CooldownScope cooldown;

    FailureKind(Reaction reaction, Blame blame, CooldownScope cooldown) {
        this.reaction = reaction;
        this.blame = blame;
        this.cooldown = cooldown;
    }

    /** The name used in configuration, records and metrics, such as {@code rate_limited}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reaction unless a {@link ReactionTable} says otherwise. */
    public Reaction reaction() {
        return reaction;
    }

    /** What the candidate's circuit makes of it. */
    public Blame blame() {
        return blame;
    }

    /** Whom it sends into a cooldown unless the {@link Failure} says otherwise. */
    public CooldownScope cooldown() {
        return cooldown;
    }
}
