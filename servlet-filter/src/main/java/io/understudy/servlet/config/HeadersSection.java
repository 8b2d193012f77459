package io.understudy.servlet.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates {@code headers}. */
final class HeadersSection {
    private HeadersSection() {}

    static HeaderSettings read(ConfigFile.@Nullable Headers wire, Problems problems) {
        if (wire == null) {
            return HeaderSettings.defaults();
        }
        Section section = new Section(KeyPath.ROOT.key("headers"), problems);
        Set<String> forward = new LinkedHashSet<>();
        section.each("forward", wire.forward(), (path, name) -> {
            if (!HeaderText.isForwardable(name)) {
                problems.add(
                        path, "the name of a header that is neither a credential nor the connection's nor our own");
            }
            forward.add(HeaderText.lower(name));
        });
        return new HeaderSettings(!Boolean.FALSE.equals(wire.report()), new ArrayList<>(forward));
    }
}
