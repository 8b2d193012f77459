package io.understudy.example;

import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.List;

/**
 * A running WAR in front of two providers, each of which has the model {@link #MODEL}; the second is asked if the first
 * fails. Failures are neither retried nor remembered, so that tests can share it.
 */
final class Duo implements AutoCloseable {
    /** With a slash, which SDKs encode where it is part of a path. */
    static final String MODEL = "house/on-stage";
    /** What the first provider calls the model. */
    static final String FIRST_MODEL = "model-of-the-first";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final RunningWar war;

    private Duo(String type, List<String> dialects) {
        war = RunningWar.configured(
                """
                {"providers": {"first": {"type": "%1$s", "baseUrl": "%2$s", "apiKey": "sk-of-first", "dialects": %4$s},
                               "second": {"type": "%1$s", "baseUrl": "%3$s", "apiKey": "sk-of-second", "dialects": %4$s}},
                 "models": {"%5$s": [{"provider": "first", "model": "%6$s"},
                                     {"provider": "second", "priority": 1, "model": "%6$s"}]},
                 "failover": {"sameProviderRetries": 0}, "health": {"enabled": false}}
                """
                        .formatted(
                                type,
                                first.baseUrl(),
                                second.baseUrl(),
                                dialects.stream()
                                        .map(name -> "\"" + name + "\"")
                                        .toList(),
                                MODEL,
                                FIRST_MODEL));
    }

    /** Providers of this type that speak these dialects. */
    static Duo of(String type, String... dialects) {
        return new Duo(type, List.of(dialects));
    }

    ScriptedUpstream first() {
        return first;
    }

    ScriptedUpstream second() {
        return second;
    }

    /** Where the WAR serves, without {@code /v1}. */
    String url() {
        return war.url();
    }

    /** From now on each of them replies so. */
    void reply(Reply ofFirst, Reply ofSecond) {
        first.always(ofFirst);
        second.always(ofSecond);
    }

    @Override
    public void close() {
        war.close();
        first.close();
        second.close();
    }
}
