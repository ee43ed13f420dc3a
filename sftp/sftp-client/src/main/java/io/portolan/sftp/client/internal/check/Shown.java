package io.portolan.sftp.client.internal.check;

/** What peers say, in messages. */
final class Shown {

    /** Characters that a message repeats: a sentence or two. */
    private static final int MAX_SHOWN = 200;

    private Shown() {}

    static String quoted(String said) {
        return "\"" + (said.length() > MAX_SHOWN ? said.substring(0, MAX_SHOWN) + "..." : said) + "\"";
    }
}
