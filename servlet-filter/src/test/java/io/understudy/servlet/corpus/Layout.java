package io.understudy.servlet.corpus;

/** The white space that a writer of JSON puts between its tokens. */
enum Layout {
    /** None, as JavaScript's {@code JSON.stringify}. */
    COMPACT("", "", ""),
    /** A blank after commas and colons, as Python's {@code json.dumps}. */
    SPACED("", " ", " "),
    /** A line for every value, indented. */
    PRETTY("\n", "\n", " "),
    /** The same as an editor on Windows leaves it. */
    WINDOWS("\r\n", "\r\n", "\t");

    private final String inside;
    private final String afterComma;
    private final String afterColon;

    Layout(String inside, String afterComma, String afterColon) {
        this.inside = inside;
        this.afterComma = afterComma;
        this.afterColon = afterColon;
    }

    /** Compact JSON laid out like this. */
    String of(String compact) {
        StringBuilder json = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < compact.length(); i++) {
            char c = compact.charAt(i);
            json.append(inString ? String.valueOf(c) : token(c));
            if (c == '\\' && inString) {
                json.append(compact.charAt(++i));
            } else if (c == '"') {
                inString = !inString;
            }
        }
        return json.toString();
    }

    private String token(char c) {
        return switch (c) {
            case '{', '[' -> c + inside;
            case '}', ']' -> inside + c;
            case ',' -> c + afterComma;
            case ':' -> c + afterColon;
            default -> String.valueOf(c);
        };
    }
}
