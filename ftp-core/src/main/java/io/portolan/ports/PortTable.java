package io.portolan.ports;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Lays out a plan in columns. */
final class PortTable {

    private static final List<String> HEADINGS =
            List.of("PORT", "TRANSPORT", "DIRECTION", "FOR", "WHO CONNECTS", "ADDRESS HERE", "REGISTERED AS");

    private static final String GAP = "  ";

    private PortTable() {}

    static String of(List<PortNeed> needs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        needs.forEach(need -> rows.add(row(need)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        rows.forEach(row -> append(table, row, widths));
        return table.toString();
    }

    private static List<String> row(PortNeed need) {
        return List.of(
                need.ports().isAny() ? "any free" : need.ports().toString(),
                "tcp",
                need.direction() == PortNeed.Direction.IN ? "in" : "out",
                need.protocol() + " " + need.role(),
                need.direction() == PortNeed.Direction.IN ? need.peer() + " -> here" : "here -> " + need.peer(),
                address(need.bindAddress()),
                registration(need));
    }

    private static String address(InetAddress address) {
        return address.isAnyLocalAddress() ? "all" : address.getHostAddress();
    }

    private static String registration(PortNeed need) {
        String port = need.standardPort() == 0 ? "" : Integer.toString(need.standardPort());
        String registration = (need.service().orElse("") + " " + port).strip();
        return registration.isEmpty() ? "-" : registration;
    }

    private static void append(StringBuilder table, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        table.append(line.toString().stripTrailing()).append('\n');
    }
}
