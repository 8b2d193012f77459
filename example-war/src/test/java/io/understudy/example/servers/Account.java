package io.understudy.example.servers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Somebody whom a server's own security knows, with one role. */
record Account(String name, String password, String role) {
    /** May call the foreign application's LLM paths. */
    static final Account CALLER = new Account("casey", "stage-door", "caller");

    /** Is known, and may not. */
    static final Account STRANGER = new Account("sam", "box-office", "stranger");

    static final List<Account> ALL = List.of(CALLER, STRANGER);

    /** The value of the {@code Authorization} header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
