package io.portolan.ftp.server.internal.command;

/**
 * The argument of LIST and NLST: a path, before which clients put options of {@code ls}. {@code -a} and {@code -A} show names that begin with a dot; the others,
 * and their order and layout, are the server's own business.
 *
 * @param hidden whether names that begin with a dot are listed
 * @param path the path or pattern; empty for the working directory
 */
record ListArgument(boolean hidden, String path) {

    static ListArgument parse(String argument) {
        boolean hidden = false;
        String rest = argument;
        while (rest.startsWith("-") && rest.length() > 1) {
            int space = rest.indexOf(' ');
            String options = space < 0 ? rest : rest.substring(0, space);
            if (options.equals("--")) {
                rest = space < 0 ? "" : rest.substring(space + 1);
                break;
            }
            if (!options.chars().skip(1).allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
                break;
            }
            hidden |= options.indexOf('a') > 0 || options.indexOf('A') > 0;
            rest = space < 0 ? "" : rest.substring(space + 1);
        }
        return new ListArgument(hidden, rest);
    }

    /** The last segment, which may be a pattern. */
    String last() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
