package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake alone gives exactly one problem, with its path, its value and what was expected. */
class RefusalTest {
    private static final String DURATION = "a duration such as 250ms, 5s or 2m";
    private static final String SIZE = "a size such as 64KiB, 32MiB or 25%, more than nothing";
    private static final String CREDENTIAL = "visible ASCII characters without white space";

    private final ScriptedWorld world = new ScriptedWorld();

    private void assertOnlyProblem(String json, String problem) {
        assertThat(world.problems(json)).containsExactly(problem);
    }

    static Stream<Arguments> topLevel() {
        return Stream.of(
                arguments("'responseModel': 'both'", "responseModel: \"both\" (expected: one of served, requested)"),
                arguments("'responseModel': 1", "responseModel: 1 (expected: a string)"),
                arguments(
                        "'responseModel': 'request'",
                        "responseModel: \"request\" (expected: one of served, requested; did you mean \"requested\"?)"),
                arguments("'adminOpenOnLoopback': 'true'", "adminOpenOnLoopback: \"true\" (expected: true or false)"),
                arguments("'adminKey': null", "adminKey: null (expected: a string)"),
                arguments("'adminKey': 'with space'", "adminKey: (not shown) (expected: " + CREDENTIAL + ")"),
                arguments("'health': []", "health: a list (expected: an object)"),
                arguments("'health': null", "health: null (expected: an object)"),
                arguments("'limits': 5", "limits: a number (expected: an object)"),
                arguments("'headers': true", "headers: true (expected: an object)"),
                arguments("'clientKeys': 'k'", "clientKeys: a string (expected: a list)"));
    }

    @ParameterizedTest
    @MethodSource("topLevel")
    void at_the_top(String more, String problem) {
        assertOnlyProblem(Example.top(", " + more), problem);
    }

    static Stream<Arguments> failover() {
        return Stream.of(
                arguments(
                        "'maxProviderAttempts': 0", "maxProviderAttempts: 0 (expected: a whole number from 1 to 100)"),
                arguments(
                        "'maxProviderAttempts': 2.5",
                        "maxProviderAttempts: 2.5 (expected: a whole number of at most 2147483647)"),
                arguments(
                        "'maxProviderAttempts': 99999999999",
                        "maxProviderAttempts: 99999999999 (expected: a whole number of at most 2147483647)"),
                arguments("'maxProviderAttempts': '3'", "maxProviderAttempts: \"3\" (expected: a whole number)"),
                arguments(
                        "'sameProviderRetries': -1",
                        "sameProviderRetries: -1 (expected: a whole number from 0 to 100)"),
                arguments("'baseDelay': '-1s'", "baseDelay: \"-1s\" (expected: " + DURATION + ", from 0ms to 24h)"),
                arguments("'baseDelay': 100", "baseDelay: 100 (expected: a string)"),
                arguments(
                        "'baseDelay': '6s'",
                        "baseDelay: \"6s\" (expected: a duration not longer than maxDelay, which is 5000ms)"),
                arguments("'maxDelay': '25h'", "maxDelay: \"25h\" (expected: " + DURATION + ", from 0ms to 24h)"),
                arguments("'exponentialBase': 0.5", "exponentialBase: 0.5 (expected: a finite number >= 1)"),
                arguments("'exponentialBase': 1e400", "exponentialBase: 1E+400 (expected: a finite number)"),
                arguments(
                        "'jitter': 'ful'",
                        "jitter: \"ful\" (expected: one of full, equal, decorrelated, none; did you mean \"full\"?)"),
                arguments(
                        "'jitter': -0.1",
                        "jitter: -0.1 (expected: one of full, equal, decorrelated, none, or a number from 0 to 10)"),
                arguments(
                        "'jitter': 1e400",
                        "jitter: 1E+400 (expected: one of full, equal, decorrelated, none, or a number from 0 to 10)"),
                arguments("'jitter': true", "jitter: true (expected: a string or a number)"),
                arguments("'maxRetryAfter': '3'", "maxRetryAfter: \"3\" (expected: " + DURATION + ", from 0ms to 24h)"),
                arguments("'delayOnSwitch': 1", "delayOnSwitch: 1 (expected: true or false)"));
    }

    @ParameterizedTest
    @MethodSource("failover")
    void in_failover(String key, String problem) {
        assertOnlyProblem(Example.top(", 'failover': {" + key + "}"), "failover." + problem);
    }

    static Stream<Arguments> reactions() {
        String kinds =
                "one of rate_limited, overloaded, server_error, request_timeout, connection, timeout, quota_exhausted,"
                        + " unauthorized, unavailable, context_overflow, content_policy, transient_400, bad_request, bad_answer";
        return Stream.of(
                arguments(
                        "'overload': 'NEXT'",
                        "overload: unknown key (expected: " + kinds + "; did you mean \"overloaded\"?)"),
                arguments("'blue': 'NEXT'", "blue: unknown key (expected: " + kinds + ")"),
                arguments("'399': 'NEXT'", "399: unknown status (expected: a status from 400 to 599)"),
                arguments("'600': 'NEXT'", "600: unknown status (expected: a status from 400 to 599)"),
                arguments("'-404': 'NEXT'", "-404: unknown status (expected: a status from 400 to 599)"),
                arguments(
                        "'cancelled': 'NEXT'",
                        "cancelled: cannot be overridden (expected: no reaction: there is nobody left to answer)"),
                arguments(
                        "'stream_error': 'NEXT'",
                        "stream_error: not a kind of its own (expected: the kind that the error event is classified as)"),
                arguments(
                        "'context_overflow': 'RETRY'",
                        "context_overflow: \"RETRY\" (expected: NEXT or FAIL: the same model stays too small)"),
                arguments(
                        "'404': 'next'", "404: \"next\" (expected: one of RETRY, NEXT, FAIL; did you mean \"NEXT\"?)"),
                arguments("'404': null", "404: null (expected: a string)"));
    }

    @ParameterizedTest
    @MethodSource("reactions")
    void in_reactions(String key, String problem) {
        assertOnlyProblem(Example.top(", 'failover': {'reactions': {" + key + "}}"), "failover.reactions." + problem);
        assertOnlyProblem(Example.provider(", 'reactions': {" + key + "}"), "providers.a.reactions." + problem);
    }

    static Stream<Arguments> sections() {
        String positive = DURATION + ", from 1ms to 24h";
        return Stream.of(
                arguments("timeouts", "'connect': '0s'", "connect: \"0s\" (expected: " + positive + ")"),
                arguments("timeouts", "'idle': '1.5s'", "idle: \"1.5s\" (expected: " + positive + ")"),
                arguments("timeouts", "'exchange': ''", "exchange: \"\" (expected: " + positive + ")"),
                arguments("timeouts", "'response': '600 s'", "response: \"600 s\" (expected: " + positive + ")"),
                arguments(
                        "timeouts",
                        "'firstToken': '99999999999999s'",
                        "firstToken: \"99999999999999s\" (expected: " + positive + ")"),
                arguments("health", "'enabled': 'no'", "enabled: \"no\" (expected: true or false)"),
                arguments(
                        "health",
                        "'consecutiveFailures': 0",
                        "consecutiveFailures: 0 (expected: a whole number from 1 to 1000000)"),
                arguments(
                        "health",
                        "'openTime': '2m'",
                        "openTime: \"2m\" (expected: a duration not longer than maxOpenTime, which is 60000ms)"),
                arguments("health", "'openTime': null", "openTime: null (expected: a string)"),
                arguments("health", "'retryBudget': 20", "retryBudget: a number (expected: an object)"),
                arguments(
                        "health",
                        "'retryBudget': {'percent': -1}",
                        "retryBudget.percent: -1 (expected: a finite number >= 0)"),
                arguments("streaming", "'heartbeat': '0s'", "heartbeat: \"0s\" (expected: " + positive + ")"),
                arguments(
                        "streaming",
                        "'commitOn': 'first_content'",
                        "commitOn: \"first_content\" (expected: one of headers, first-event, first-content, complete; did you mean"
                                + " \"first-content\"?)"),
                arguments(
                        "streaming",
                        "'onBreak': 'resume'",
                        "onBreak: \"resume\" (expected: one of error, rescue; did you mean \"rescue\"?)"),
                arguments("limits", "'maxRequestBytes': '32MB'", "maxRequestBytes: \"32MB\" (expected: " + SIZE + ")"),
                arguments("limits", "'maxRequestBytes': 0", "maxRequestBytes: 0 (expected: " + SIZE + ")"),
                arguments("limits", "'maxRequestBytes': -5", "maxRequestBytes: -5 (expected: " + SIZE + ")"),
                arguments("limits", "'maxRequestBytes': 1.5", "maxRequestBytes: 1.5 (expected: " + SIZE + ")"),
                arguments(
                        "limits", "'maxBufferedBytes': '101%'", "maxBufferedBytes: \"101%\" (expected: " + SIZE + ")"),
                arguments(
                        "limits",
                        "'maxBufferedBytes': []",
                        "maxBufferedBytes: a list (expected: a string or a number)"),
                arguments(
                        "limits",
                        "'maxConcurrent': 0",
                        "maxConcurrent: 0 (expected: a whole number from 1 to 1000000)"),
                arguments("headers", "'forward': 'x-team'", "forward: a string (expected: a list)"),
                arguments("headers", "'report': 0", "report: 0 (expected: true or false)"));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void in_other_sections(String section, String key, String problem) {
        assertOnlyProblem(Example.top(", '" + section + "': {" + key + "}"), section + "." + problem);
    }

    static Stream<String> unforwardable() {
        return Stream.of(
                "Authorization",
                "x-api-key",
                "API-Key",
                "cookie",
                "X-Understudy-Provider",
                "Connection",
                "transfer-encoding",
                "Host",
                "Content-Length",
                "with space",
                "",
                "bad:name");
    }

    @ParameterizedTest
    @MethodSource("unforwardable")
    void headers_that_are_never_forwarded(String name) {
        assertOnlyProblem(
                Example.top(", 'headers': {'forward': ['x-good', '" + name + "']}"),
                "headers.forward[1]: \"" + name
                        + "\" (expected: the name of a header that is neither a credential nor the connection's nor our own)");
    }

    static Stream<Arguments> clientKeys() {
        return Stream.of(
                arguments("''", "[0]: (not shown) (expected: a key, but it is empty)"),
                arguments("{'key': ''}", "[0].key: (not shown) (expected: a key, but it is empty)"),
                arguments("{'name': 'x'}", "[0].key: missing (expected: a key)"),
                arguments("'a b'", "[0]: (not shown) (expected: " + CREDENTIAL + ")"),
                arguments("'a\\u000db'", "[0]: (not shown) (expected: " + CREDENTIAL + ")"),
                arguments("'k', 'k'", "[1]: given twice (expected: each key once)"),
                arguments("7", "[0]: a number (expected: an object)"),
                arguments(
                        "{'key': 'k', 'name': 'x'}, {'key': 'l', 'name': 'x'}",
                        "[1].name: given twice (expected: another name for each key)"),
                arguments(
                        "{'key': 'k', 'name': 'client-2'}, 'l'",
                        "[1].name: given twice (expected: another name for each key)"),
                arguments(
                        "{'key': 'k', 'name': ''}",
                        "[0].name: \"\" (expected: a name of at most 100 printable ASCII characters)"),
                arguments(
                        "{'key': 'k', 'models': []}",
                        "[0].models: an empty list (expected: at least one model, or no such key for all)"),
                arguments(
                        "{'key': 'k', 'models': ['m', 'n']}",
                        "[0].models[1]: \"n\" (expected: one of m; did you mean \"m\"?)"),
                arguments(
                        "{'kee': 'k', 'key': 'l'}",
                        "[0].kee: unknown key (expected: one of name, key, models; did you mean \"key\"?)"));
    }

    @ParameterizedTest
    @MethodSource("clientKeys")
    void in_client_keys(String keys, String problem) {
        assertOnlyProblem(Example.top(", 'clientKeys': [" + keys + "]"), "clientKeys" + problem);
    }
}
