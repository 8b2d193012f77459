package io.understudy.example.servers;

import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.List;

/**
 * The scripted providers behind one server, and the configuration that names them.
 *
 * @param steady does what the check says; the only candidate of {@value #PLAIN}
 * @param failing answers 500; the first candidate of {@value #FAILING_FIRST}, before {@code steady}
 * @param dropping reads each request and closes; the first candidate of {@value #DROPPING_FIRST}, before {@code steady}
 * @param down refuses every connection; the first candidate of {@value #DOWN_FIRST}, before {@code second}
 * @param first does what the check says, in every dialect; the first candidate of {@value #TWO}
 * @param second does what the check says, in every dialect; the second candidate of {@value #TWO}
 */
record Providers(
        ScriptedUpstream steady,
        ScriptedUpstream failing,
        ScriptedUpstream dropping,
        ScriptedUpstream down,
        ScriptedUpstream first,
        ScriptedUpstream second)
        implements AutoCloseable {
    static final String PLAIN = "plain";
    static final String FAILING_FIRST = "failing-first";
    static final String DROPPING_FIRST = "dropping-first";
    static final String DOWN_FIRST = "down-first";
    static final String TWO = "two";

    /** A model of the second configuration only. */
    static final String HASTY = "hasty";

    private static final String EVERY_DIALECT = "\"dialects\": [\"chat\", \"messages\", \"responses\"]";

    static Providers start() {
        return new Providers(
                ScriptedUpstream.start(),
                ScriptedUpstream.start().always(Reply.json(500, "{\"error\":{\"message\":\"out of order\"}}")),
                ScriptedUpstream.start().always(Reply.drop()),
                ScriptedUpstream.start().refuse(),
                ScriptedUpstream.start(),
                ScriptedUpstream.start());
    }

    /** The same with frequent heartbeats, and with a model by which it is known that it is in force. */
    String hastyConfiguration() {
        return configuration()
                .replace("\"models\": {", "\"models\": {\n    \"%s\": [{\"provider\": \"steady\"}],".formatted(HASTY))
                .replace("\"health\":", "\"streaming\": {\"heartbeat\": \"250ms\"},\n  \"health\":");
    }

    /** Nothing is asked twice and nothing remembered, so that a provider receives what was meant, and all of it. */
    String configuration() {
        return """
                {
                  "providers": {
                    "steady": {"type": "openai", "baseUrl": "%s", "apiKey": "steady-key"},
                    "failing": {"type": "openai", "baseUrl": "%s", "apiKey": "failing-key"},
                    "dropping": {"type": "openai", "baseUrl": "%s", "apiKey": "dropping-key"},
                    "down": {"type": "openai", "baseUrl": "%s", "apiKey": "down-key", %s},
                    "first": {"type": "openai", "baseUrl": "%s", "apiKey": "first-key", %s},
                    "second": {"type": "openai", "baseUrl": "%s", "apiKey": "second-key", %s}
                  },
                  "models": {
                    "%s": [{"provider": "steady"}],
                    "%s": [{"provider": "failing"}, {"provider": "steady", "priority": 1}],
                    "%s": [{"provider": "dropping"}, {"provider": "steady", "priority": 1}],
                    "%s": [{"provider": "down"}, {"provider": "second", "priority": 1}],
                    "%s": [{"provider": "first"}, {"provider": "second", "priority": 1}]
                  },
                  "failover": {"sameProviderRetries": 0},
                  "health": {"enabled": false},
                  "adminOpenOnLoopback": true
                }
                """
                .formatted(
                        steady.baseUrl(),
                        failing.baseUrl(),
                        dropping.baseUrl(),
                        down.baseUrl(),
                        EVERY_DIALECT,
                        first.baseUrl(),
                        EVERY_DIALECT,
                        second.baseUrl(),
                        EVERY_DIALECT,
                        PLAIN,
                        FAILING_FIRST,
                        DROPPING_FIRST,
                        DOWN_FIRST,
                        TWO);
    }

    @Override
    public void close() {
        List.of(steady, failing, dropping, down, first, second).forEach(ScriptedUpstream::close);
    }
}
