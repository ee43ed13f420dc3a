package io.portolan.ftp.server.internal.session;

/** What a command does that takes its time: a transfer, a hash. Meanwhile ABOR, STAT, NOOP and QUIT are answered. Event loop only. */
public interface Activity {

    /**
     * Ends it; its own command is replied to first. Something that can no longer be taken back is waited for.
     *
     * @param reason who ends it and why
     * @param afterwards called once it is over, whichever way
     */
    void abort(String reason, Runnable afterwards);

    /** How far it is, in a line for people (STAT). */
    String status();

    /** Tells when no file is held any more, which may be after the end. */
    void whenReleased(Runnable told);
}
