package io.understudy.servlet.inbound;

/** Foreign text for a message: short, and without anything that could break a line or a log. */
public final class Quoted {
    private static final int MAX = 100;

    private Quoted() {}

    /** The text in quotation marks, with control characters replaced, cut after 100 characters. */
    public static String of(String text) {
        String shown = text.length() > MAX ? text.substring(0, MAX) + "…" : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
