package io.understudy.core.failure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Phrases of upstreams' error messages, by what they tell, for errors that have no code of their own for it. Compared
 * in lower case with the beginning of the message.
 *
 * <p>"You exceeded your current quota" is not among them: Google says so of a limit per minute, and OpenAI adds a code.
 */
final class ErrorTexts {
    private static final int ENOUGH = 2_000;

    private static final List<Map.Entry<Sign, List<String>>> PHRASES = List.of(
            Map.entry(
                    Sign.POLICY,
                    List.of(
                            "content management policy", // Azure
                            "content policy",
                            "content filter", // Anthropic, Azure
                            "usage policy", // OpenAI
                            "usage policies",
                            "safety system", // OpenAI images
                            "input was flagged", // OpenRouter
                            "requires moderation",
                            "content exists risk", // DeepSeek
                            "inappropriate content", // Qwen
                            "prohibited content")),
            Map.entry(
                    Sign.QUOTA,
                    List.of(
                            "credit balance", // Anthropic
                            "api usage limits",
                            "spend limit", // Anthropic, OpenAI
                            "spending limit", // xAI
                            "insufficient balance", // DeepSeek, Moonshot
                            "insufficient credit", // OpenRouter
                            "insufficient funds",
                            "insufficient quota",
                            "available credits", // xAI
                            "out of credit",
                            "no credit",
                            "more credits", // OpenRouter
                            "included credits", // Hugging Face
                            "have any credits", // xAI
                            "credits exhausted",
                            "billing hard limit", // OpenAI
                            "billing is not active",
                            "account is not active", // OpenAI
                            "overdue payment",
                            "payment required",
                            "key limit exceeded", // OpenRouter
                            "余额不足")), // Zhipu
            Map.entry(
                    Sign.CONTEXT,
                    List.of(
                            "context length", // OpenAI, DeepSeek, vLLM, SGLang, Mistral
                            "context window", // OpenAI Responses, MiniMax
                            "context limit", // Anthropic
                            "context size", // llama.cpp
                            "prompt is too long", // Anthropic
                            "input is too long", // Bedrock
                            "too many tokens", // Cohere
                            "too many input tokens", // Bedrock
                            "maximum prompt length", // xAI
                            "maximum model length", // vLLM
                            "exceeds the maximum number of tokens", // Gemini
                            "input tokens exceed", // OpenAI
                            "reduce the length of the messages", // OpenAI, Groq
                            "range of input length", // Qwen
                            "model token limit", // Moonshot
                            "prompt exceeds max length", // Zhipu
                            "max_tokens must be at least 1, got -", // vLLM: what the prompt has left of the window
                            "`max_new_tokens` must be")), // Together, TGI
            Map.entry(
                    Sign.KEY,
                    List.of(
                            "api key not valid", // Gemini
                            "invalid api key",
                            "incorrect api key", // xAI
                            "api key expired", // Gemini
                            "user location is not supported")), // Gemini
            Map.entry(
                    Sign.MODEL,
                    List.of(
                            "model not exist", // DeepSeek
                            "not a valid model id", // OpenRouter
                            "no endpoints found for", // OpenRouter
                            "model identifier is invalid", // Bedrock
                            "with on-demand throughput"))); // Bedrock

    private ErrorTexts() {}

    /** Adds what the message tells. */
    static void read(String message, Set<Sign> signs) {
        String text = beginning(message);
        for (Map.Entry<Sign, List<String>> phrases : PHRASES) {
            if (phrases.getValue().stream().anyMatch(text::contains)) {
                signs.add(phrases.getKey());
            }
        }
    }

    /** Whether the message of a "not found" is about the model, as in {@code model: claude-x}. */
    static boolean isAboutTheModel(String message) {
        String text = beginning(message);
        return text.contains("model") || text.contains("deployment");
    }

    private static String beginning(String message) {
        return message.substring(0, Math.min(message.length(), ENOUGH)).toLowerCase(Locale.ROOT);
    }
}
