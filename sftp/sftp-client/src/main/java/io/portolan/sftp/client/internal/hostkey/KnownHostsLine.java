package io.portolan.sftp.client.internal.hostkey;

import io.portolan.ssh.internal.key.KeyFileException;
import io.portolan.ssh.internal.key.KeyLine;
import java.util.Optional;

/**
 * One line of a file of known hosts: a marker or none, hosts, and a key.
 *
 * @param marker what the key is to those hosts
 * @param hosts which hosts
 * @param key the key, which may be of a type that we do not take
 */
record KnownHostsLine(Marker marker, HostPatterns hosts, KeyLine key) {

    /** Several keys of the longest kind in one line are not a thing; a certificate has no place here. */
    static final int MAX_CHARACTERS = 32 * 1024;

    /** What a key is. */
    enum Marker {
        /** The host's own. */
        NONE(""),
        /** That of a CA, which certifies hosts. */
        CERT_AUTHORITY("@cert-authority"),
        /** One that must not be trusted any more. */
        REVOKED("@revoked");

        private final String text;

        Marker(String text) {
            this.text = text;
        }
    }

    /** Thrown for a line that makes no sense. */
    static final class MalformedLine extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedLine(String message) {
            super(message);
        }
    }

    /** Reads a line; nothing if it is empty or a comment. */
    static Optional<KnownHostsLine> parse(String line) throws MalformedLine {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        if (text.length() > MAX_CHARACTERS) {
            throw new MalformedLine("it is too long");
        }
        Marker marker = Marker.NONE;
        if (text.startsWith("@")) {
            marker = marker(text);
            text = text.substring(marker.text.length()).strip();
        }
        String[] parts = text.split("[ \t]+", 2);
        if (parts.length < 2) {
            throw new MalformedLine("it has no key");
        }
        HostPatterns hosts =
                HostPatterns.parse(parts[0]).orElseThrow(() -> new MalformedLine("its hosts make no sense"));
        try {
            return Optional.of(new KnownHostsLine(marker, hosts, KeyLine.parse(parts[1])));
        } catch (KeyFileException e) {
            throw new MalformedLine(String.valueOf(e.getMessage()));
        }
    }

    private static Marker marker(String text) throws MalformedLine {
        String first = text.split("[ \t]+", 2)[0];
        for (Marker marker : Marker.values()) {
            if (marker != Marker.NONE && marker.text.equals(first)) {
                return marker;
            }
        }
        throw new MalformedLine("nobody knows its marker");
    }
}
