package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import java.time.Duration;
import java.util.function.Function;

/**
 * The terms of a call made through {@link Failover#call} or {@link Failover#callAsync}.
 *
 * @param exchangeTimeout how long all attempts and pauses together may take; default 10 min
 * @param attemptTimeout  how long one attempt may take while other candidates are left; default 10 min
 * @param classifier      tells what kind of failure an exception is; the default knows the exceptions of the JDK and
 *     looks through causes, but not what status the exceptions of a client carry: for that, see
 *     {@link FailureClassifier#reading}
 */
public record CallPolicy(
        Duration exchangeTimeout, Duration attemptTimeout, Function<? super Throwable, Failure> classifier) {
    /** Every term at its default. */
    public static CallPolicy defaults() {
        FailureClassifier classifier = FailureClassifier.defaults();
        return new CallPolicy(
                Duration.ofMinutes(10), Duration.ofMinutes(10), thrown -> classifier.classify(thrown, true));
    }

    /** The same terms with another reading of exceptions. */
    public CallPolicy withClassifier(Function<? super Throwable, Failure> other) {
        return new CallPolicy(exchangeTimeout, attemptTimeout, other);
    }
}
