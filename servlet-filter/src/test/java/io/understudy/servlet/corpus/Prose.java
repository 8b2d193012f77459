package io.understudy.servlet.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text by the metre, the same from every seed: what stands in it does not matter, but its bytes do. */
final class Prose {
    private static final List<String> WORDS = List.of(
            "the",
            "file",
            "function",
            "returns",
            "a",
            "list",
            "of",
            "tokens",
            "when",
            "it",
            "is",
            "empty",
            "über",
            "naïve",
            "façade",
            "данные",
            "模型",
            "モデル",
            "🙂",
            "\"quoted\"",
            "back\\slash",
            "tab\there",
            "<tag/>",
            "a/b",
            "100%",
            "{\"model\":\"not this one\"}",
            "e\u0301",
            "\u00A0",
            "don't",
            "data:",
            "[DONE]");
    private static final List<String> CODE = List.of(
            "if (model == null) {",
            "    throw new IllegalStateException(\"model: \" + model);",
            "}",
            "\treturn map.get(\"model\");",
            "for (int i = 0; i < n; i++) sum += values[i];",
            "# déjà vu — naïve approach",
            "SELECT * FROM models WHERE name LIKE '%gpt%';",
            "grep -rn \"model\\\"\" src | sed 's/\\\\n/\\n/g'");

    private final Random random;

    Prose(long seed) {
        this.random = new Random(seed);
    }

    /** So many words in one line. */
    String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> any(WORDS)).collect(Collectors.joining(" "));
    }

    /** Lines of a program, together at least so many bytes. */
    String code(int bytes) {
        StringBuilder lines = new StringBuilder();
        int size = 0;
        while (size < bytes) {
            String line = any(CODE) + "\n";
            lines.append(line);
            size += line.getBytes(StandardCharsets.UTF_8).length;
        }
        return lines.toString();
    }

    /** Bytes that look like an image, or like something signed or encrypted. */
    String base64(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getEncoder().encodeToString(noise);
    }

    /** An id with a prefix. */
    String id(String prefix) {
        return prefix + Long.toString(random.nextLong() >>> 1, 36);
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    private String any(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
