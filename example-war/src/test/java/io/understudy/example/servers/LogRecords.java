package io.understudy.example.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The records of a log: each a line, or the lines that GlassFish and Payara put between brackets, together with the stack
 * trace that follows.
 */
final class LogRecords {
    /** How such a record begins in a log file, and in what the server prints. */
    private static final Pattern OPENS = Pattern.compile("^\\[\\d{4}-.*\\[\\[$|^\\[#\\|");

    private static final Pattern CLOSES = Pattern.compile("(\\]\\]|\\|#\\])$");
    private static final Pattern TRACE = Pattern.compile(
            "^(\\s+(at |\\.\\.\\. \\d|Suppressed: )|Caused by: |([\\w$]+\\.)+[\\w$]*(Exception|Error)\\b)");

    private final List<String> records = new ArrayList<>();
    private boolean open;

    private LogRecords() {}

    static List<String> of(String text) {
        LogRecords log = new LogRecords();
        text.lines().forEach(log::add);
        return List.copyOf(log.records);
    }

    private void add(String line) {
        boolean opens = OPENS.matcher(line).find();
        if (!opens && !records.isEmpty() && (open || TRACE.matcher(line).find())) {
            records.set(records.size() - 1, records.get(records.size() - 1) + "\n" + line);
        } else {
            records.add(line);
        }
        open = (open || opens) && !CLOSES.matcher(line).find();
    }
}
