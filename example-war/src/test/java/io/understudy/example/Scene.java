package io.understudy.example;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;

/**
 * A model of its own with two providers of its own: one that is always asked first, and one that is asked when the first
 * has failed. And another model that the first offers alone.
 *
 * @param model the name callers ask for
 * @param firstName the name of the first provider
 * @param first the first provider
 * @param secondName the name of the second provider
 * @param second the second provider
 */
record Scene(String model, String firstName, ScriptedUpstream first, String secondName, ScriptedUpstream second) {
    /** What the first provider's answers look like. */
    static final ChatWire FIRST = new ChatWire("played-by-the-first");

    /** What the second provider's answers look like. */
    static final ChatWire SECOND = new ChatWire("played-by-the-second");

    static final String SECOND_TEXT = "Good evening from the second.";

    static Scene number(int number) {
        return new Scene(
                "scene-" + number,
                "first-" + number,
                ScriptedUpstream.start(),
                "second-" + number,
                ScriptedUpstream.start());
    }

    /** From now on the second provider answers plainly. */
    Scene secondAnswers() {
        second.always(Reply.json(200, SECOND.answer(SECOND_TEXT)));
        return this;
    }

    /** From now on the second provider answers with a stream. */
    Scene secondStreams() {
        second.always(Reply.stream(
                SECOND.streamed("Good evening ", "from ", "the second.").all()));
        return this;
    }

    /** A model for which there is nobody but the first provider. */
    String soloModel() {
        return model + "-solo";
    }

    /** The model as the first provider knows it. */
    String firstModel() {
        return "model-at-" + firstName;
    }

    /** The model as the second provider knows it. */
    String secondModel() {
        return "model-at-" + secondName;
    }

    /** The scene's entries under {@code providers}. */
    String providers() {
        return provider(firstName, first) + ",\n" + provider(secondName, second);
    }

    /** The scene's entries under {@code models}. */
    String candidates() {
        return """
                "%s": [ { "provider": "%s", "model": "%s" }, { "provider": "%s", "model": "%s", "priority": 1 } ],
                "%s": [ { "provider": "%s" } ]"""
                .formatted(model, firstName, firstModel(), secondName, secondModel(), soloModel(), firstName);
    }

    void close() {
        first.close();
        second.close();
    }

    private static String provider(String name, ScriptedUpstream upstream) {
        return """
                "%s": { "type": "openai", "baseUrl": "%s", "apiKey": "sk-key-of-%s" }"""
                .formatted(name, upstream.baseUrl(), name);
    }
}
