package io.portolan.ftp.server.internal.transfer;

/** Moves bytes between a file and a data connection. Event loop only. */
interface Pump {

    /** Begins. */
    void start();

    /** Lets go of buffers; nothing is reported afterwards. A file operation that is under way ends first. */
    void stop();

    /** How many bytes of the file have been moved. */
    long bytes();

    /** Whether, at this moment, it is the peer that has to do something. */
    boolean waitsForPeer();

    /** Whether, at this moment, nobody has to do anything, as the bandwidth is used up. */
    default boolean isHeldBack() {
        return false;
    }

    /** What a pump reports, once. */
    interface Listener {

        /** All is moved: the peer has sent everything, and it is written; or we have handed everything to the socket. */
        void pumped();

        /** The data connection broke. */
        void connectionFailed(Throwable cause);

        /** The file failed. */
        void fileFailed(Throwable cause);
    }
}
