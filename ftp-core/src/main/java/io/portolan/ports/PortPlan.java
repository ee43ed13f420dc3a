package io.portolan.ports;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The ports that an endpoint needs, and what is odd about them.
 *
 * @param needs the ports, in the order of their importance
 * @param warnings what may bite; empty if nothing is known
 */
public record PortPlan(List<PortNeed> needs, List<PortWarning> warnings) {

    /** Copies the lists. */
    public PortPlan {
        needs = List.copyOf(needs);
        warnings = List.copyOf(warnings);
    }

    /**
     * The ports as a table for whoever keeps the firewall: one line for each need, under a line of headings.
     *
     * @return the lines, each ended by a line feed
     */
    public String toTable() {
        return PortTable.of(needs);
    }

    /** The table, and below it the warnings. */
    @Override
    public String toString() {
        return toTable()
                + warnings.stream().map(warning -> "! " + warning + "\n").collect(Collectors.joining());
    }
}
