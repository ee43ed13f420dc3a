package io.portolan.ftp.client.internal.control;

import io.portolan.ftp.FtpReply;

/** A command, or several that belong together, and the replies to it. Event loop only. */
abstract class Exchange {

    /** Replies of 1yz to one command: servers send one, few send two; one that never comes to an end is to be left. */
    static final int MAX_PRELIMINARY = 100;

    private final String shown;
    private int preliminary;
    private long waitingSince = System.nanoTime();

    Exchange(String shown) {
        this.shown = shown;
    }

    /** The command for people, secrets masked. */
    final String shown() {
        return shown;
    }

    /**
     * A reply has come.
     *
     * @return whether it was the last to this exchange
     */
    abstract boolean replied(FtpReply reply);

    /** None will come any more. */
    abstract void failed(Throwable cause);

    /** How long a reply may take at least; the connection's patience where that is longer. */
    long patienceNanos() {
        return 0;
    }

    /** Whether, at this moment, there is a limit to how long the next reply may take. */
    abstract boolean isTimed();

    final boolean isTooManyPreliminary() {
        return ++preliminary > MAX_PRELIMINARY;
    }

    /** From now on the next reply is waited for. */
    final void waitAnew() {
        waitingSince = System.nanoTime();
    }

    final long waitingSince() {
        return waitingSince;
    }
}
