package io.portolan.sftp.client.internal.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who runs this, and where, as far as settings ask for it. Blocks.
 *
 * @param home what {@code ~} stands for
 * @param user the name of whoever runs this
 * @param environment variables
 */
record LocalSide(Path home, String user, Tokens.Environment environment) {

    private static final Path ACCOUNTS = Path.of("/etc/passwd");
    private static final Path SELF = Path.of("/proc/self");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** name:password:uid:gid:comment:home:shell, see passwd(5). */
    private static final int HOME_FIELD = 5;

    /** That of this process. */
    static LocalSide of(Path home) {
        return new LocalSide(
                home, System.getProperty("user.name", ""), name -> Optional.ofNullable(System.getenv(name)));
    }

    /**
     * Puts in the home folder for a {@code ~} at the beginning, also of somebody else.
     *
     * @throws ConfigException if nobody knows that folder
     */
    String withoutTilde(String text, String where) throws ConfigException {
        if (!text.startsWith("~")) {
            return text;
        }
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        String name = text.substring(1, end);
        String folder = name.isEmpty() || name.equals(user) ? home.toString() : homeOf(name, where);
        return folder + text.substring(end);
    }

    private static String homeOf(String name, String where) throws ConfigException {
        try {
            for (String line : Files.readAllLines(ACCOUNTS, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > HOME_FIELD && fields[0].equals(name)) {
                    return fields[HOME_FIELD];
                }
            }
        } catch (IOException e) {
            throw unknown(where + ": the home folder of " + name + " is not known: " + e.getMessage(), e);
        }
        throw new ConfigException(where + ": the home folder of " + name + " is not known");
    }

    /** The number of whoever runs this, where users have numbers. */
    String userId(String where) throws ConfigException {
        try {
            return String.valueOf(Files.getAttribute(SELF, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            throw unknown(where + ": %i is not known here", e);
        }
    }

    /** The name of this machine, as it calls itself. */
    String hostName(String where) throws ConfigException {
        try {
            // which asks no name server, and so cannot wait for one
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            throw unknown(where + ": the name of this machine is not known: " + e.getMessage(), e);
        }
    }

    private static ConfigException unknown(String message, Exception cause) {
        ConfigException unknown = new ConfigException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
