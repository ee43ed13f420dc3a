package io.portolan.ftp.client.internal.check;

import io.portolan.ftp.FtpReply;

/** Replies in messages. */
final class Replies {

    /** Characters of a reply that a message repeats: a sentence or two. */
    private static final int MAX_SHOWN = 200;

    private Replies() {}

    static String text(FtpReply reply) {
        return reply.lines().get(reply.lines().size() - 1);
    }

    static String shown(FtpReply reply) {
        return shown(reply.code() + " " + text(reply));
    }

    static String shown(String said) {
        return "\"" + (said.length() > MAX_SHOWN ? said.substring(0, MAX_SHOWN) + "..." : said) + "\"";
    }
}
