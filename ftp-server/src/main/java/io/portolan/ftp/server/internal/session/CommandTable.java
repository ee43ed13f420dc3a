package io.portolan.ftp.server.internal.session;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs that a server understands, in the order in which HELP and FEAT tell them. Immutable. */
public final class CommandTable {

    private final Map<String, CommandSpec> byVerb;

    public CommandTable(Collection<CommandSpec> specs) {
        Map<String, CommandSpec> map = new LinkedHashMap<>();
        for (CommandSpec spec : specs) {
            if (map.put(spec.verb(), spec) != null) {
                throw new IllegalArgumentException(spec.verb() + " stands in the table twice");
            }
        }
        byVerb = Collections.unmodifiableMap(map);
    }

    public @Nullable CommandSpec find(String verb) {
        return byVerb.get(verb);
    }

    public Collection<CommandSpec> all() {
        return byVerb.values();
    }
}
