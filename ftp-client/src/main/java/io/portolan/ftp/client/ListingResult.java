package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import java.util.List;
import java.util.Objects;

/**
 * A listing that has come to its end.
 *
 * @param entries how many entries there were
 * @param unread how many lines were there that no entry was made of: in a format that is not known, or with a name that leads elsewhere
 * @param unreadLines the first of these lines, at most {@value #MAX_UNREAD_LINES}
 * @param reply what the server has said of it
 */
public record ListingResult(long entries, long unread, List<String> unreadLines, FtpReply reply) {

    /** How many lines that could not be read are kept: enough to see what they are, few enough to be a bound. */
    public static final int MAX_UNREAD_LINES = 100;

    /** Checks the components. */
    public ListingResult {
        unreadLines = List.copyOf(unreadLines);
        Objects.requireNonNull(reply, "reply");
    }
}
