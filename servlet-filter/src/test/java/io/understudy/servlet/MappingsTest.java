package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter in a container, mapped in all manners. */
class MappingsTest {
    private static final String BODY = "{\"model\":\"public\",\"x\":\"é\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /     | /v1/*            | /v1/messages                   | /messages
            /     | /v1/*            | /v1/responses/resp_1/cancel    | /responses/resp_1/cancel
            /     | /*               | /v1/embeddings                 | /embeddings
            /     | /*               | /embeddings                    | /embeddings
            /app  | /llm/v1/*        | /app/llm/v1/chat/completions   | /chat/completions
            /app  | /llm/*           | /app/llm/v1/responses          | /responses
            /app  | /llm/*           | /app/llm/responses             | /responses
            /     | /ai/messages/*   | /ai/messages/count_tokens      | /messages/count_tokens
            /     | /ai/responses/*  | /ai/responses/resp_1/cancel    | /responses/resp_1/cancel
            /     | /ai/messages     | /ai/messages                   | /messages
            """)
    void what_is_below_the_mapping_is_ours(String context, String pattern, String target, String path)
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayServer gateway = GatewayServer.startAt(context, pattern, configuration(upstream))) {
            upstream.then(Reply.json(200, "{\"id\":\"x\"}"));

            assertThat(post(gateway, target).text()).isEqualTo("{\"id\":\"x\"}");
            assertThat(upstream.awaitRequest().target()).isEqualTo("/v1" + path);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /     | /v1/*            | /messages
            /     | /v1/*            | /v1/messages/batches
            /     | /v1/*            | /v1/completions
            /     | /*               | /api/messages
            /app  | /llm/v1/*        | /app/v1/messages
            /     | /ai/messages     | /ai/messages/count_tokens
            """)
    void everything_else_is_the_host_applications_with_its_body_untouched(String context, String pattern, String target)
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayServer gateway = GatewayServer.startAt(context, pattern, configuration(upstream))) {
            RawAnswer answer = post(gateway, target);

            assertThat(answer.headers().first("X-Host")).contains("POST " + target);
            assertThat(answer.text()).isEqualTo(BODY);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /app  | /llm/v1/*        | /app/llm/v1/messages           | /messages
            /     | /llm/*           | /llm/v1/responses              | /responses
            /     | /ai/messages     | /ai/messages                   | /messages
            /app  | /                | /app/v1/embeddings             | /embeddings
            /     | /*               | /v1/chat/completions           | /chat/completions
            """)
    void what_is_below_a_servlet_that_it_is_mapped_to_by_name_is_ours_as_well(
            String context, String servlet, String target, String path) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayServer gateway = GatewayServer.startBefore(context, servlet, configuration(upstream))) {
            upstream.then(Reply.json(200, "{\"id\":\"x\"}"));

            assertThat(post(gateway, target).text()).isEqualTo("{\"id\":\"x\"}");
            assertThat(upstream.awaitRequest().target()).isEqualTo("/v1" + path);
        }
    }

    @Test
    void a_base_path_takes_the_place_of_the_mapping() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayServer gateway = GatewayServer.startBelow("/llm", configuration(upstream))) {
            upstream.then(Reply.json(200, "{\"id\":\"x\"}"));

            assertThat(post(gateway, "/v1/messages").headers().first("X-Host")).contains("POST /v1/messages");
            assertThat(post(gateway, "/llm/v1/messages").text()).isEqualTo("{\"id\":\"x\"}");
        }
    }

    private static RawAnswer post(GatewayServer gateway, String target) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post(target, BODY.getBytes(UTF_8)).answer();
        }
    }

    private static String configuration(ScriptedUpstream upstream) {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s",
                                     "dialects": ["chat", "messages", "responses", "embeddings"]}},
                 "models": {"public": [{"provider": "a"}]}}"""
                .formatted(upstream.baseUrl());
    }
}
