package io.portolan.examples.embedding;

import io.portolan.ftp.server.internal.session.CommandSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's commands as a table for people, by what specifies them. */
final class CommandTableText {

    private static final Map<String, String> TITLES = Map.of(
            "RFC 959", "File Transfer Protocol",
            "RFC 1123", "requirements for Internet hosts",
            "RFC 1639", "FTP over big address records",
            "RFC 2228", "FTP security extensions",
            "RFC 2389", "feature negotiation",
            "RFC 2428", "IPv6 and NATs",
            "RFC 2640", "internationalization",
            "RFC 3659", "extensions to FTP",
            "RFC 7151", "HOST");

    private static final Pattern RFC = Pattern.compile("RFC ([0-9]+).*");

    private CommandTableText() {}

    static String of(Collection<CommandSpec> commands) {
        Map<String, List<String>> verbs =
                new TreeMap<>(Comparator.comparingInt(CommandTableText::rank).thenComparing(Comparator.naturalOrder()));
        for (CommandSpec command : commands) {
            verbs.computeIfAbsent(command.source().replaceFirst(" §.*", ""), source -> new ArrayList<>())
                    .add(command.verb());
        }
        StringBuilder table = new StringBuilder("| specification | commands |\n|---|---|\n");
        verbs.forEach((source, all) -> table.append("| ")
                .append(titled(source))
                .append(" | ")
                .append(String.join(" ", all))
                .append(" |\n"));
        return table.toString();
    }

    private static String titled(String source) {
        String title = TITLES.get(source);
        return title == null ? source : source + ", " + title;
    }

    /** RFCs by their numbers, then drafts, then what was never written down. */
    private static int rank(String source) {
        Matcher rfc = RFC.matcher(source);
        if (rfc.matches()) {
            return Integer.parseInt(rfc.group(1));
        }
        return source.startsWith("draft") ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
    }
}
