package io.understudy.servlet.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates {@code clientKeys}. */
final class ClientKeysSection {
    private static final KeyPath PATH = KeyPath.ROOT.key("clientKeys");
    private static final Pattern NAME = Pattern.compile("[!-~]([ -~]{0,98}[!-~])?");

    private final Set<String> known;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();
    private final Set<Secret> keys = new HashSet<>();

    /** {@code models} are the names of all models. */
    ClientKeysSection(Set<String> models, Problems problems) {
        this.known = models;
        this.problems = problems;
    }

    List<ClientKey> read(@Nullable List<ConfigFile.@Nullable Client> wire) {
        List<ClientKey> clients = new ArrayList<>();
        for (int i = 0; wire != null && i < wire.size(); i++) {
            ConfigFile.Client client = wire.get(i);
            if (client != null) {
                Section section = new Section(PATH.index(i), problems);
                String name = name(section, client.name(), "client-" + (i + 1));
                Secret key = key(section, client.key());
                Set<String> models = models(section, client.models());
                clients.add(new ClientKey(name, key, models));
            }
        }
        return clients;
    }

    private String name(Section section, @Nullable String given, String otherwise) {
        String name = given == null ? otherwise : given;
        if (!NAME.matcher(name).matches()) {
            problems.add(section.at("name"), "a name of at most 100 printable ASCII characters");
        } else if (!names.add(name)) {
            problems.add(section.at("name"), "given twice", "another name for each key");
        }
        return name;
    }

    private Secret key(Section section, @Nullable Secret key) {
        // A plain string in the list is the key.
        KeyPath path = problems.shows(section.path()) ? section.path() : section.at("key");
        if (key == null) {
            problems.missing(path, "a key");
            return new Secret("");
        }
        if (!HeaderText.isCredential(key.value())) {
            problems.add(path, key.value().isEmpty() ? "a key, but it is empty" : HeaderText.CREDENTIAL_FORM);
        } else if (!keys.add(key)) {
            problems.add(path, "given twice", "each key once");
        }
        return key;
    }

    private @Nullable Set<String> models(Section section, @Nullable List<@Nullable String> given) {
        if (given == null) {
            return null;
        }
        Set<String> models = new LinkedHashSet<>();
        section.each("models", given, (path, model) -> {
            if (!known.contains(model)) {
                problems.unknown(path, model, known);
            }
            models.add(model);
        });
        if (given.isEmpty()) {
            problems.add(section.at("models"), "an empty list", "at least one model, or no such key for all");
        }
        return models;
    }
}
