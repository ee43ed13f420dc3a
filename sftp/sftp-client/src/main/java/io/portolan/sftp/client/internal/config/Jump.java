package io.portolan.sftp.client.internal.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One jump host as {@code ProxyJump} names it.
 *
 * @param user empty if it names nobody
 * @param host its name, which may be an alias
 * @param port 0 if it names none
 */
public record Jump(String user, String host, int port) {

    private static final int MAX_PORT = 65_535;
    private static final String SCHEME = "ssh://";

    /**
     * Reads {@code [user@]host[:port]}, separated by commas.
     *
     * @param where file, line and keyword, for messages
     * @return in the order of the way; nothing for {@code none}
     * @throws ConfigException if one of them makes no sense
     */
    static List<Jump> parseAll(String text, String where) throws ConfigException {
        List<Jump> jumps = new ArrayList<>();
        if (!text.equalsIgnoreCase("none")) {
            for (String one : text.split(",", -1)) {
                jumps.add(parse(one, where));
            }
        }
        return jumps;
    }

    private static Jump parse(String text, String where) throws ConfigException {
        String rest = text.strip();
        if (rest.startsWith(SCHEME)) {
            rest = rest.substring(SCHEME.length()).replaceAll("/$", "");
        }
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        String host = rest.substring(at + 1);
        int port = 0;
        int colon = host.lastIndexOf(':');
        boolean bracketed = host.startsWith("[");
        if (colon >= 0 && (bracketed ? colon > host.indexOf(']') : colon == host.indexOf(':'))) {
            String digits = host.substring(colon + 1);
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > MAX_PORT) {
                throw new ConfigException(where + " with the port " + digits);
            }
            port = Integer.parseInt(digits);
            host = host.substring(0, colon);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isBlank()) {
            throw new ConfigException(where + " through " + text);
        }
        return new Jump(user, host, port);
    }
}
