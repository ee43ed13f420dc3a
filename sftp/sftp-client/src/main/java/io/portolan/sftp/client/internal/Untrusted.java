package io.portolan.sftp.client.internal;

import java.nio.charset.StandardCharsets;

/** Text of a server's, made harmless for terminals and logs: it may be there before anybody knows who the server is. */
public final class Untrusted {

    /** What controls terminals, and what turns text around or hides it (Unicode's categories Cc, Cf, Cs, Zl, Zp). */
    private static final String DANGEROUS = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]";

    private Untrusted() {}

    /** One line of at most so many characters. */
    public static String line(String text, int maxCharacters) {
        return cut(text, maxCharacters).replaceAll(DANGEROUS, "?");
    }

    /** As {@link #line}, of text in UTF-8 or whatever it is. */
    public static String line(byte[] octets, int maxCharacters) {
        return line(new String(octets, StandardCharsets.UTF_8), maxCharacters);
    }

    /** Text of at most so many characters, with its line breaks and tabs. */
    public static String text(byte[] octets, int maxCharacters) {
        String text =
                cut(new String(octets, StandardCharsets.UTF_8), maxCharacters).replace("\r\n", "\n");
        return text.replaceAll("(?![\n\t])" + DANGEROUS, "?");
    }

    private static String cut(String text, int maxCharacters) {
        return text.length() <= maxCharacters ? text : text.substring(0, maxCharacters) + "…";
    }
}
