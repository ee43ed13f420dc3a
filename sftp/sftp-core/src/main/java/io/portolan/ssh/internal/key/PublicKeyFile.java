package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/** One public key, or one certificate, in a file: as OpenSSH's line, or in the format of RFC 4716 that others write. */
public final class PublicKeyFile {

    /** More than a certificate of the most octets needs in either format. */
    public static final int MAX_FILE_OCTETS = 64 * 1024;

    private static final String BEGIN = "---- BEGIN SSH2 PUBLIC KEY ----";
    private static final String END = "---- END SSH2 PUBLIC KEY ----";

    /** RFC 4716 section 3.3. */
    private static final int MAX_HEADER_CHARACTERS = 1024 + 64;

    private PublicKeyFile() {}

    /**
     * Reads a file. Blocks.
     *
     * @throws KeyFileException if there is not just one public key in it
     * @throws IOException if it cannot be read
     */
    public static KeyLine load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(MAX_FILE_OCTETS + 1));
        }
    }

    /** Reads a file's content. */
    public static KeyLine read(byte[] octets) throws KeyFileException {
        if (octets.length > MAX_FILE_OCTETS) {
            throw new KeyFileException(
                    Problem.MALFORMED,
                    "a public key file that is too large, with more than " + MAX_FILE_OCTETS + " octets");
        }
        Iterator<String> lines = new String(octets, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .iterator();
        if (!lines.hasNext()) {
            throw new KeyFileException(Problem.MALFORMED, "an empty public key file");
        }
        String first = lines.next();
        if (first.contains("PRIVATE KEY") || first.startsWith("PuTTY-User-Key-File")) {
            throw new KeyFileException(
                    Problem.UNSUPPORTED, "a private key; ssh-keygen -y, or puttygen, gives the public one");
        }
        KeyLine key = first.equals(BEGIN) ? rfc4716(lines) : KeyLine.parse(first);
        if (lines.hasNext()) {
            throw new KeyFileException(Problem.UNSUPPORTED, "a file with more than one public key");
        }
        return key;
    }

    /** RFC 4716 section 3: headers, which go on in the next line behind a backslash, then Base64. */
    private static KeyLine rfc4716(Iterator<String> lines) throws KeyFileException {
        String comment = "";
        StringBuilder body = new StringBuilder();
        for (String line = next(lines); !line.equals(END); line = next(lines)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                body.append(line);
                continue;
            }
            StringBuilder value = new StringBuilder(line.substring(colon + 1).strip());
            while (value.length() > 0 && value.charAt(value.length() - 1) == '\\') {
                value.setLength(value.length() - 1);
                value.append(next(lines));
                if (value.length() > MAX_HEADER_CHARACTERS) {
                    throw new KeyFileException(Problem.MALFORMED, "a public key with a header that is too long");
                }
            }
            if (line.substring(0, colon).toLowerCase(Locale.ROOT).equals("comment")) {
                comment = unquoted(value.toString());
            }
        }
        byte[] blob = KeyLine.decode(body.toString());
        try {
            return new KeyLine(SshCertificate.typeOf(blob), blob, comment);
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a public key that is cut off", e);
        }
    }

    private static String next(Iterator<String> lines) throws KeyFileException {
        if (!lines.hasNext()) {
            throw new KeyFileException(Problem.MALFORMED, "a public key file that is cut off");
        }
        return lines.next();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
