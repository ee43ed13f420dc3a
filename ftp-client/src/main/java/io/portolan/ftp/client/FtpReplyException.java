package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import java.util.Locale;

/** The server has refused a command, or has failed to carry it out (RFC 959, section 4.2: 4yz and 5yz). Retryable if the code is 4yz. */
public final class FtpReplyException extends FtpException {

    private static final long serialVersionUID = 1L;

    private static final int FILE_UNAVAILABLE = 550;
    private static final int SERVICE_NOT_AVAILABLE = 421;

    /** The reply; not kept when the exception is serialised, as its text is in the message. */
    private final transient FtpReply reply;

    private final String command;

    /**
     * Makes the exception.
     *
     * @param command the command, without secrets
     * @param reply the reply to it
     */
    public FtpReplyException(String command, FtpReply reply) {
        super(command + ": " + reply, null, reply.isTransientError());
        this.command = command;
        this.reply = reply;
    }

    /**
     * What was refused.
     *
     * @return the command, a password in it masked
     */
    public String command() {
        return command;
    }

    /**
     * What the server has said.
     *
     * @return the reply
     */
    public FtpReply reply() {
        return reply;
    }

    /**
     * Whether the server closes the connection with this (421).
     *
     * @return whether nothing more can be done in this session
     */
    public boolean isSessionOver() {
        return reply.code() == SERVICE_NOT_AVAILABLE;
    }

    /**
     * Whether the server knows of no such file. Of the code, 550, servers make use for other reasons too, so its text is looked at, which is a guess.
     *
     * @return whether it is likely that there is no such file
     */
    public boolean isNotFound() {
        if (reply.code() != FILE_UNAVAILABLE) {
            return false;
        }
        String text = String.join(" ", reply.lines()).toLowerCase(Locale.ROOT);
        return text.contains("no such")
                || text.contains("not found")
                || text.contains("cannot find")
                || text.contains("can't find")
                || text.contains("doesn't exist")
                || text.contains("does not exist");
    }
}
