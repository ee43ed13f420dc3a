package io.portolan.sftp.client;

/** How it is found out, behind a transfer, whether a file is the same on both sides. */
public enum Verification {
    /**
     * Not beyond what the transfer itself tells: of a download, that as many octets have come as the server has told when the file was opened; of an upload, that the server has said of all octets that they are
     * written.
     */
    NONE,
    /** The server is asked for the file's size; a server that does not tell it fails the transfer. */
    SIZE,
    /** The server is asked for the file's hash; a server that has none fails the transfer. */
    HASH,
    /** The best that the server can: a hash, else the size, else nothing. */
    BEST
}
