package io.portolan.ftp.server.testing;

import java.util.List;

/**
 * A reply as it came over the wire.
 *
 * @param code its code
 * @param lines its lines as they were, with codes, without line ends
 */
public record TestReply(int code, List<String> lines) {

    /** The text of the last line, behind the code. */
    public String text() {
        String last = lines.get(lines.size() - 1);
        return last.length() > 4 ? last.substring(4) : "";
    }

    /** Everything, lines separated by line feeds. */
    public String all() {
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return all();
    }
}
