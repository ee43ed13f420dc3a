package io.portolan.sftp.client.internal.session;

import java.util.Objects;

/** Paths as they are given to a server. */
public final class RemotePaths {

    /** Longer than any system takes, short enough for every server's packets. */
    static final int MAX_LENGTH = 16 * 1024;

    private RemotePaths() {}

    /**
     * Checks a path.
     *
     * @throws IllegalArgumentException if there is a NUL in it, at which servers would cut it off, or it is longer than any path
     */
    public static String check(String path) {
        Objects.requireNonNull(path, "path");
        if (path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("path: has a NUL in it");
        }
        if (path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("path: has more than " + MAX_LENGTH + " characters");
        }
        return path;
    }

    /** The path of something in a directory. */
    public static String child(String directory, String name) {
        return directory.isEmpty() || directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** The directory above; empty if the path does not tell it. */
    static String parent(String path) {
        String plain = plain(path);
        int slash = plain.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? (plain.equals("/") ? "" : "/") : plain.substring(0, slash);
    }

    /** The last segment; empty for the root. */
    static String name(String path) {
        String plain = plain(path);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    private static String plain(String path) {
        String plain = path;
        while (plain.length() > 1 && plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }
}
