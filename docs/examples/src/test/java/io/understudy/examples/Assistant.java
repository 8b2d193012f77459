package io.understudy.examples;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Failover;
import jakarta.json.JsonObject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One of the examples in front of two providers, {@code first} before {@code second}. */
interface Assistant extends AutoCloseable {
    Candidate FIRST = Candidate.of("first", "model-of-the-first", 0);
    Candidate SECOND = Candidate.of("second", "model-of-the-second", 1);

    /** The text of an answer; what is thrown is what the example's user gets. */
    String ask(String question);

    @Override
    void close();

    /** Which of the examples it is. */
    enum Kind {
        OPENAI_JAVA {
            @Override
            Assistant start(Failover failover, String firstUrl, String secondUrl) {
                OpenAIClient first = openAi(firstUrl);
                OpenAIClient second = openAi(secondUrl);
                OpenAiAssistant example = new OpenAiAssistant(failover, Map.of(FIRST, first, SECOND, second));
                return new Assistant() {
                    @Override
                    public String ask(String question) {
                        return example.ask(question)
                                .choices()
                                .get(0)
                                .message()
                                .content()
                                .orElseThrow();
                    }

                    @Override
                    public void close() {
                        first.close();
                        second.close();
                    }
                };
            }
        },
        LANGCHAIN4J {
            @Override
            Assistant start(Failover failover, String firstUrl, String secondUrl) {
                Map<Candidate, ChatModel> models =
                        Map.of(FIRST, langChain(firstUrl, FIRST.model()), SECOND, langChain(secondUrl, SECOND.model()));
                FailoverChatModel example = new FailoverChatModel(failover, models);
                return new Assistant() {
                    @Override
                    public String ask(String question) {
                        return example.chat(question);
                    }

                    @Override
                    public void close() {}
                };
            }
        },
        JERSEY {
            @Override
            Assistant start(Failover failover, String firstUrl, String secondUrl) {
                return new OverJersey(failover, firstUrl, secondUrl);
            }
        };

        abstract Assistant start(Failover failover, String firstUrl, String secondUrl);

        private static OpenAIClient openAi(String baseUrl) {
            return OpenAIOkHttpClient.builder()
                    .baseUrl(baseUrl)
                    .apiKey("sk-own")
                    .maxRetries(0)
                    .build();
        }

        private static ChatModel langChain(String baseUrl, String model) {
            return OpenAiChatModel.builder()
                    .baseUrl(baseUrl)
                    .apiKey("sk-own")
                    .modelName(model)
                    .maxRetries(0)
                    .build();
        }
    }

    /** The example with Jersey, waited for. */
    final class OverJersey implements Assistant {
        private final Client client = ClientBuilder.newClient();
        private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        private final JerseyAssistant example;

        OverJersey(Failover failover, String firstUrl, String secondUrl) {
            Map<Candidate, JerseyAssistant.Provider> providers = Map.of(
                    FIRST, new JerseyAssistant.Provider(firstUrl, "sk-own"),
                    SECOND, new JerseyAssistant.Provider(secondUrl, "sk-own"));
            example = new JerseyAssistant(failover, providers, client, threads);
        }

        CompletableFuture<JsonObject> begin(String question) {
            return example.ask(question);
        }

        @Override
        public String ask(String question) {
            try {
                JsonObject choice =
                        begin(question).join().getJsonArray("choices").getJsonObject(0);
                return choice.getJsonObject("message").getString("content");
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
            client.close();
        }
    }
}
