package io.understudy.example.boot;

import java.util.List;

/** A command line that cannot be followed; the message has one problem per line. */
final class BadOptions extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadOptions(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
