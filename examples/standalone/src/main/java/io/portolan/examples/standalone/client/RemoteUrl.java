package io.portolan.examples.standalone.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on a server. The path begins in the directory of the login (RFC 1738, section 3.2.2), and at the server's root with two slashes or {@code /%2F}. The last name may be a {@link Glob}; nothing else
 * than {@code %} and the characters of patterns means anything, so that names can be pasted.
 *
 * <p>What is wrong is said without repeating any of it, as a password could be in it.
 *
 * @param path decoded; from the root if it begins with a slash, empty for the directory of the login
 * @param directory whether a slash at its end says that it is one
 * @param pattern for names in it
 */
record RemoteUrl(Server server, String path, boolean directory, Optional<Glob> pattern) {

    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+\\]|[\\p{L}\\p{M}\\p{N}._-]+)(?::([0-9]{1,5}))?");
    private static final int MAX_PORT = 65535;

    /** How to speak to the server. */
    enum Scheme {
        /** In the clear. */
        FTP,
        /** TLS from AUTH on. */
        FTPES,
        /** TLS from the start. */
        FTPS,
        /** Over SSH. */
        SFTP
    }

    /** Which server, and who logs in: nobody in particular if there is no user. */
    record Server(Scheme scheme, String host, OptionalInt port, Optional<String> user) {}

    static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RemoteUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("is not ftp://, ftpes://, ftps:// or sftp:// [USER@]HOST[:PORT][/PATH]");
        }
        String authority = url.group(2);
        int at = authority.lastIndexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(user(authority.substring(0, at)));
        Matcher host = HOST_AND_PORT.matcher(authority.substring(at + 1));
        if (!host.matches()) {
            throw new IllegalArgumentException("has no host, or what is no port");
        }
        OptionalInt port = host.group(2) == null ? OptionalInt.empty() : OptionalInt.of(port(host.group(2)));
        String name = host.group(1);
        Server server = new Server(
                scheme(url.group(1)), name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port, user);
        return place(server, url.group(3) == null ? "" : url.group(3));
    }

    private static Scheme scheme(String text) {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.name().equals(text.toUpperCase(Locale.ROOT))) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("its scheme is not ftp, ftpes, ftps or sftp");
    }

    /** A password is refused rather than warned of: when it has been read here, every process of the machine and the shell's history have it. */
    private static String user(String text) {
        int colon = text.indexOf(':');
        if (colon >= 0) {
            throw new IllegalArgumentException(
                    "a password in it can be seen by all in the list of processes; use --password-file, or be asked for it");
        }
        String user = Percent.decode(text);
        if (user.isEmpty() || hasControls(user)) {
            throw new IllegalArgumentException("an empty name of a user, or a control character in it");
        }
        return user;
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("its port is not within 1 to " + MAX_PORT);
        }
        return port;
    }

    private static RemoteUrl place(Server server, String raw) {
        String[] names = raw.substring(raw.isEmpty() ? 0 : 1).split("/", -1);
        List<String> path = new ArrayList<>();
        boolean absolute = names.length > 1 && names[0].isEmpty();
        Optional<Glob> pattern = Optional.empty();
        for (int i = 0; i < names.length; i++) {
            String name = Percent.decode(names[i]);
            if (i == 0 && name.startsWith("/")) {
                absolute = true;
                name = name.substring(1);
            }
            if (Glob.isPattern(names[i])) {
                if (i < names.length - 1) {
                    throw new IllegalArgumentException(
                            "a pattern can only be the last name; write %2A, %3F, %5B for characters");
                }
                pattern = Optional.of(Glob.parse(names[i]));
            } else if (!name.isEmpty() && !name.equals(".")) {
                path.add(checked(name));
            }
        }
        String last = names[names.length - 1];
        boolean directory = path.isEmpty() || last.isEmpty() || last.equals(".");
        return new RemoteUrl(server, (absolute ? "/" : "") + String.join("/", path), directory, pattern);
    }

    private static String checked(String name) {
        if (name.equals("..") || name.contains("/") || hasControls(name)) {
            throw new IllegalArgumentException("'..', %2F within a path, or a control character in it");
        }
        return name;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The last name; empty at the root and in the directory of the login. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether all that the login can see is meant. */
    boolean isRoot() {
        return path.isEmpty() || path.equals("/");
    }

    /** The place of a name in this directory. */
    static String child(String directory, String name) {
        return directory.isEmpty() || directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
