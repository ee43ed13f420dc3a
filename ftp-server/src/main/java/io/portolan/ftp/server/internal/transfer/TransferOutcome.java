package io.portolan.ftp.server.internal.transfer;

/** How a transfer ended. A closed set, turned into a reply in one place. */
public sealed interface TransferOutcome {

    /**
     * All of it was moved; an upload has been published.
     *
     * @param bytes how many, on the data connection's file side
     */
    record Completed(long bytes) implements TransferOutcome {}

    /**
     * Somebody ended it: the client by ABOR, or the server.
     *
     * @param reason who and why, for people
     */
    record Aborted(String reason) implements TransferOutcome {}

    /**
     * There was no data connection to begin with.
     *
     * @param reason why
     */
    record NotConnected(String reason) implements TransferOutcome {}

    /**
     * The data connection broke.
     *
     * @param cause what was seen
     */
    record ConnectionLost(Throwable cause) implements TransferOutcome {}

    /**
     * Nothing moved for too long.
     *
     * @param byPeer whether it was the peer that we waited for; otherwise it was the file system
     */
    record Stalled(boolean byPeer) implements TransferOutcome {}

    /**
     * The file could not be opened, read, written or published.
     *
     * @param cause what the file system said
     * @param opened whether that was after the file had been opened
     */
    record FileFailed(Throwable cause, boolean opened) implements TransferOutcome {}
}
