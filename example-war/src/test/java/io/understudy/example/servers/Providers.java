package io.understudy.example.servers;

import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;

/**
 * The scripted providers behind one server, and the configuration that names them.
 *
 * @param steady does what the check says; the only candidate of {@value #PLAIN}
 * @param failing answers 500; the first candidate of {@value #FAILING_FIRST}, before {@code steady}
 * @param dropping reads each request and closes; the first candidate of {@value #DROPPING_FIRST}, before {@code steady}
 */
record Providers(ScriptedUpstream steady, ScriptedUpstream failing, ScriptedUpstream dropping)
        implements AutoCloseable {
    static final String PLAIN = "plain";
    static final String FAILING_FIRST = "failing-first";
    static final String DROPPING_FIRST = "dropping-first";

    static Providers start() {
        return new Providers(
                ScriptedUpstream.start(),
                ScriptedUpstream.start().always(Reply.json(500, "{\"error\":{\"message\":\"out of order\"}}")),
                ScriptedUpstream.start().always(Reply.drop()));
    }

    /** Nothing is asked twice, so that every request a provider receives is one that was meant. */
    String configuration() {
        return """
                {
                  "providers": {
                    "steady": {"type": "openai", "baseUrl": "%s", "apiKey": "steady-key"},
                    "failing": {"type": "openai", "baseUrl": "%s", "apiKey": "failing-key"},
                    "dropping": {"type": "openai", "baseUrl": "%s", "apiKey": "dropping-key"}
                  },
                  "models": {
                    "%s": [{"provider": "steady"}],
                    "%s": [{"provider": "failing"}, {"provider": "steady", "priority": 1}],
                    "%s": [{"provider": "dropping"}, {"provider": "steady", "priority": 1}]
                  },
                  "failover": {"sameProviderRetries": 0},
                  "adminOpenOnLoopback": true
                }
                """
                .formatted(
                        steady.baseUrl(), failing.baseUrl(), dropping.baseUrl(), PLAIN, FAILING_FIRST, DROPPING_FIRST);
    }

    @Override
    public void close() {
        steady.close();
        failing.close();
        dropping.close();
    }
}
