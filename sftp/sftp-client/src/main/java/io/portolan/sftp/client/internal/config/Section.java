package io.portolan.sftp.client.internal.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What holds under one condition: directives, and further sections where files are included.
 */
final class Section {

    private final Condition condition;
    private final List<Object> items = new ArrayList<>();

    Section(Condition condition) {
        this.condition = condition;
    }

    void add(Directive directive) {
        items.add(directive);
    }

    void add(List<Section> included) {
        items.addAll(included);
    }

    /** Lets whoever collects have what holds for its host, in the order of the lines. */
    void collect(HostOptions options) throws ConfigException {
        if (!condition.holds(options)) {
            return;
        }
        for (Object item : items) {
            if (item instanceof Directive directive) {
                options.take(directive);
            } else if (item instanceof Section section) {
                section.collect(options);
            }
        }
    }
}
