package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java that the README shows, run against the demo; {@link ReadmeTest} sees to it that it stands here. */
class ReadmeIT {
    private static RunningWar war;
    private static String url;

    @BeforeAll
    static void start() {
        war = RunningWar.demo();
        url = war.url();
    }

    @AfterAll
    static void stop() {
        war.close();
    }

    @Test
    void openai() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(url + "/v1")
                .apiKey("unused")
                .build();
        ChatCompletion completion = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Who steps in?")
                        .build());

        assertThat(completion.choices().get(0).message().content().orElseThrow())
                .isNotBlank();
        client.close();
    }

    @Test
    void anthropic() {
        AnthropicClient client =
                AnthropicOkHttpClient.builder().baseUrl(url).apiKey("unused").build();
        Message message = client.messages()
                .create(MessageCreateParams.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(1024)
                        .addUserMessage("Who steps in?")
                        .build());

        assertThat(message.content().get(0).asText().text()).isNotBlank();
        client.close();
    }
}
