package io.understudy.servlet.dialect;

import io.understudy.core.failure.ErrorFacts;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error event of a stream calls itself: as the provider called its own, or as the gateway calls a break.
 *
 * @param type its class, such as {@code overloaded_error}
 * @param code what exactly it is
 */
record StreamError(String type, String code) {
    /** Names are identifiers; anything else is text that would have to be masked. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** This, with what the provider's own error, if there was one, names. */
    StreamError namedBy(@Nullable ErrorFacts own) {
        return own == null ? this : new StreamError(name(own.type(), type), name(own.code(), code));
    }

    private static String name(@Nullable String given, String otherwise) {
        return given != null && NAME.matcher(given).matches() ? given : otherwise;
    }
}
