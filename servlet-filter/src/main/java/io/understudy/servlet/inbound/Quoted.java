package io.understudy.servlet.inbound;

import java.util.regex.Pattern;

/** Foreign text for a message: short, and without anything that could break a line or a log. */
public final class Quoted {
    private static final int MAX = 100;

    /** Control characters, line and paragraph separators, invisible ones that turn text round, halves of characters. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Quoted() {}

    /** The text in quotation marks, with what is unfit for a line replaced, cut after 100 characters. */
    public static String of(String text) {
        boolean fits = text.codePointCount(0, text.length()) <= MAX;
        String shown = fits ? text : text.substring(0, text.offsetByCodePoints(0, MAX)) + "…";
        return '"' + UNFIT.matcher(shown).replaceAll("?") + '"';
    }
}
