package io.understudy.example.demo;

import java.util.List;

/**
 * A model's answer before it takes a dialect's form.
 *
 * @param id random letters and digits, without a dialect's prefix
 * @param fingerprint names the provider's back end, the same in all its answers
 * @param created seconds since 1970
 * @param tokens joined, they are the text
 */
record Answer(String id, String fingerprint, long created, List<String> tokens) {
    String text() {
        return String.join("", tokens);
    }
}
