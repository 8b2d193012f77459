package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Looks through one request or one answer for what its provider keeps. Not thread-safe. */
public interface StateFinder extends JsonFields.Field {
    /** Is given the top-level fields, one after another. */
    @Override
    void value(String name, JsonParser json) throws IOException;

    /** What has been found so far. */
    StateReferences found();

    /** Finds nothing: for dialects whose providers keep nothing. */
    static StateFinder none() {
        return new StateFinder() {
            @Override
            public void value(String name, JsonParser json) {
                // Nothing to see.
            }

            @Override
            public StateReferences found() {
                return StateReferences.NONE;
            }
        };
    }
}
