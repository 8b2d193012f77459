package io.understudy.example.servers;

import java.util.List;
import java.util.Map;

/** How a prepared server is started: a command in the foreground and what is added to its environment. */
record Launch(List<String> command, Map<String, String> environment) {
    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static Launch of(String... command) {
        return new Launch(List.of(command), Map.of());
    }
}
