package io.understudy.servlet.config;

import java.util.regex.Pattern;

/**
 * Text that is not the JSON that was asked for, with the place where that shows. Nothing of the text is in the message.
 */
final class BrokenJson extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Pattern DANGLING_COMMA = Pattern.compile("(?s),\\s*$");

    private final String problem;

    private BrokenJson(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** The line for the list of problems. */
    String problem() {
        return problem;
    }

    /** JSON that breaks at {@code offset} of {@code text}, which may lie behind its end. */
    static BrokenJson at(long offset, String text) {
        int end = (int) Math.max(0, Math.min(offset, text.length()));
        return because(end, text, expectation(end, text));
    }

    /** Text that is not what was {@code expected} at {@code offset}. */
    static BrokenJson because(long offset, String text, String expected) {
        String before = text.substring(0, (int) Math.max(0, Math.min(offset, text.length())));
        long line = 1 + before.chars().filter(character -> character == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return new BrokenJson("line " + line + ", column " + column + ": broken JSON (expected: " + expected + ")");
    }

    private static String expectation(int offset, String text) {
        if (offset == text.length()) {
            return "more; the text ends too early";
        }
        return switch (text.charAt(offset)) {
            case '}', ']' ->
                DANGLING_COMMA.matcher(text.substring(0, offset)).find()
                        ? "no comma before a closing bracket"
                        : "a value, or the other bracket";
            case '/', '#' -> "no comment: JSON has none";
            case '\'' -> "double quotes";
            case '\n', '\r' -> "a closing double quote before the end of the line";
            default -> "a comma, a colon, a quote or a bracket before this";
        };
    }
}
