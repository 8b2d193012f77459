package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigReader;
import org.junit.jupiter.api.Test;

/** What {@code --check} says of a configuration. */
class CheckTest {
    @Test
    void every_plan_with_its_probabilities() {
        assertThat(
                        report(
                                """
                        {"providers": {
                           "openai": {"type": "openai", "baseUrl": "https://api.openai.com/v1"},
                           "azure": {"type": "azure", "baseUrl": "https://acme.example/openai/v1"},
                           "vllm": {"type": "openai", "baseUrl": "http://10.0.0.7:8000/v1", "dialects": ["chat"]},
                           "off": {"type": "openai", "baseUrl": "https://off.example/v1", "enabled": false},
                           "claude": {"type": "anthropic", "baseUrl": "https://api.anthropic.com/v1"}},
                         "models": {
                           "gpt-4o": [{"provider": "openai", "weight": 70}, {"provider": "azure", "weight": 30, "model": "gpt4o-prod"},
                                      {"provider": "vllm", "priority": 1, "model": "qwen3-72b"}, {"provider": "off"}],
                           "claude-sonnet-4-5": [{"provider": "claude"}]}}
                        """))
                .isEqualTo(
                        """

                        gpt-4o
                          chat
                            priority 0
                               70.000 %  openai: gpt-4o at https://api.openai.com/v1
                               30.000 %  azure: gpt4o-prod at https://acme.example/openai/v1
                            priority 1
                              100.000 %  vllm: qwen3-72b at http://10.0.0.7:8000/v1
                          responses
                            priority 0
                               70.000 %  openai: gpt-4o at https://api.openai.com/v1
                               30.000 %  azure: gpt4o-prod at https://acme.example/openai/v1
                          embeddings
                            priority 0
                              100.000 %  openai: gpt-4o at https://api.openai.com/v1
                          disabled: off: gpt-4o at https://off.example/v1

                        claude-sonnet-4-5
                          messages
                            priority 0
                              100.000 %  claude: claude-sonnet-4-5 at https://api.anthropic.com/v1
                        """);
    }

    @Test
    void a_weight_of_zero_is_never_first_unless_there_is_no_other() {
        assertThat(
                        report(
                                """
                        {"providers": {"a": {"type": "anthropic", "baseUrl": "https://a.example"}, "b": {"type": "anthropic", "baseUrl": "https://b.example"},
                           "c": {"type": "anthropic", "baseUrl": "https://c.example"}},
                         "models": {"m": [{"provider": "a", "weight": 3}, {"provider": "b", "weight": 0}, {"provider": "c", "weight": 0, "priority": 1}]}}
                        """))
                .contains("100.000 %  a:", "  0.000 %  b:", "100.000 %  c:");
    }

    @Test
    void warnings_come_last() {
        assertThat(
                        report(
                                """
                        {"providers": {"a": {"type": "openai", "baseUrl": "http://a.example/v1", "apiKey": "sk-secret"}},
                         "models": {"m": [{"provider": "a"}]}}
                        """))
                .endsWith(
                        """

                        Warnings
                          providers.a.baseUrl: "http://a.example/v1" carries the apiKey unencrypted; use https
                        """)
                .doesNotContain("sk-secret");
    }

    private static String report(String json) {
        return Check.report(ConfigReader.ofSystem().read(json));
    }
}
