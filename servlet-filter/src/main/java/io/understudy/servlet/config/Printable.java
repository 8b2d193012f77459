package io.understudy.servlet.config;

/**
 * Text from a file made fit for one line of a message: control and other invisible characters are written as escapes.
 */
final class Printable {
    private static final int MAX_LENGTH = 80;

    private Printable() {}

    static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(character -> append(line, character));
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                ? line.toString()
                : line.append('…').toString();
    }

    private static void append(StringBuilder line, int character) {
        if (isVisible(character)) {
            line.appendCodePoint(character);
        } else {
            line.append(String.format("\\u%04x", character));
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
