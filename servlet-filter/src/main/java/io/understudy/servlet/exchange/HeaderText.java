package io.understudy.servlet.exchange;

import java.util.regex.Pattern;

/** Text in a response header. */
final class HeaderText {
    private static final Pattern UNSAFE = Pattern.compile("[^\\x20-\\x7E]");

    private HeaderText() {}

    /** The text with everything replaced that can't stand in a header. */
    static String safe(String text) {
        return UNSAFE.matcher(text).replaceAll("?");
    }
}
