package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.KeyFileException;
import io.portolan.ssh.internal.key.KeyLine;
import java.util.Arrays;

/**
 * One line of authorized_keys: a key and what it is good for. The key is not looked at beyond its type, as it is only ever compared with one that has been.
 *
 * @param options from the same line
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared as a whole
public record AuthorizedKey(byte[] blob, KeyOptions options) {

    /** The longest line: an RSA key of the most bits is 3 KiB, the rest is for options. */
    static final int MAX_LINE = 16 * 1024;

    /** Whether it is this key. */
    boolean is(byte[] other) {
        return Arrays.equals(blob, other);
    }

    /**
     * Reads a line that is not empty and no comment.
     *
     * @throws TrustException if anything in it is not understood: half a line's restrictions would be none
     */
    static AuthorizedKey parse(String line) throws TrustException {
        if (line.length() > MAX_LINE) {
            throw new TrustException("longer than " + MAX_LINE + " characters");
        }
        int end = endOfWord(line);
        if (isKeyType(line.substring(0, end))) {
            return new AuthorizedKey(key(line), KeyOptions.NONE);
        }
        KeyOptions options = KeyOptions.parse(line.substring(0, end));
        return new AuthorizedKey(key(line.substring(end).strip()), options);
    }

    /** Options may have blanks between quotes, where a backslash takes a quote's meaning away. */
    private static int endOfWord(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                return i;
            }
        }
        return line.length();
    }

    private static boolean isKeyType(String word) {
        return word.startsWith("ssh-") || word.startsWith("ecdsa-sha2-") || word.startsWith("sk-");
    }

    private static byte[] key(String rest) throws TrustException {
        try {
            KeyLine line = KeyLine.parse(rest);
            if (!isKeyType(line.type())) {
                throw new TrustException("no key");
            }
            return line.blob();
        } catch (KeyFileException e) {
            throw new TrustException("no key in this line", e);
        }
    }
}
