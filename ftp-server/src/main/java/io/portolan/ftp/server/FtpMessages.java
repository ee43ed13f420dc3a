package io.portolan.ftp.server;

import java.util.List;
import java.util.Objects;

/**
 * The texts that a server greets with. Line breaks in them make a reply of several lines; nothing in them can make two replies of one.
 *
 * @param greeting the text of 220; tells nothing of the software unless you write it there
 * @param loggedIn the text of 230
 * @param goodbye the text of 221
 * @param system the text of 215; clients look at its first words to guess the format of listings
 */
public record FtpMessages(String greeting, String loggedIn, String goodbye, String system) {

    /** Short, and silent about versions. */
    public static final FtpMessages DEFAULT =
            new FtpMessages("Service ready.", "Logged in.", "Goodbye.", "UNIX Type: L8");

    /** Checks the components. */
    public FtpMessages {
        for (String text : List.of(greeting, loggedIn, goodbye, system)) {
            Objects.requireNonNull(text);
        }
    }

    /**
     * These texts with another greeting.
     *
     * @param text the text of 220
     * @return the texts
     */
    public FtpMessages withGreeting(String text) {
        return new FtpMessages(text, loggedIn, goodbye, system);
    }

    /**
     * These texts with another one after login.
     *
     * @param text the text of 230
     * @return the texts
     */
    public FtpMessages withLoggedIn(String text) {
        return new FtpMessages(greeting, text, goodbye, system);
    }

    /**
     * These texts with another farewell.
     *
     * @param text the text of 221
     * @return the texts
     */
    public FtpMessages withGoodbye(String text) {
        return new FtpMessages(greeting, loggedIn, text, system);
    }
}
