package io.portolan.sftp.client;

import java.util.List;

/**
 * A listing that has come to its end.
 *
 * @param entries how many entries there were
 * @param unread how many names were there that no entry was made of: that are not one segment of a path, or no UTF-8
 * @param unreadNames the first of these names, at most {@value #MAX_UNREAD_NAMES}, fit to be printed
 */
public record ListingResult(long entries, long unread, List<String> unreadNames) {

    /** How many names that could not be taken are kept: enough to see what they are, few enough to be a bound. */
    public static final int MAX_UNREAD_NAMES = 100;

    /** Checks the components. */
    public ListingResult {
        unreadNames = List.copyOf(unreadNames);
    }
}
