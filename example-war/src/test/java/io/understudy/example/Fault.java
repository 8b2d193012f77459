package io.understudy.example;

import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that goes wrong at a provider.
 *
 * @param name what a report calls it
 * @param happening makes it go wrong, for every request from now on
 * @param attempts how often the provider is asked before the next one is
 * @param outcome status and kind of each of these attempts as the trace shows them: {@code 503;overloaded}
 */
record Fault(String name, Consumer<ScriptedUpstream> happening, int attempts, String outcome) {
    static Fault always(String name, Reply reply, int attempts, String outcome) {
        return new Fault(name, upstream -> upstream.always(reply), attempts, outcome);
    }

    void happensAt(ScriptedUpstream upstream) {
        happening.accept(upstream);
    }

    /** The whole trace of an exchange in which it happened at one provider and another one served. */
    String[] trace(String failed, String served) {
        List<String> all = new ArrayList<>(Collections.nCopies(attempts, failed + ";" + outcome));
        all.add(served + ";200");
        return all.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
