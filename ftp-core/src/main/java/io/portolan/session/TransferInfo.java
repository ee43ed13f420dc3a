package io.portolan.session;

import io.portolan.fs.VirtualPath;
import java.time.Duration;
import java.time.Instant;

/**
 * A transfer at one moment. Made by the server.
 *
 * @param direction which way
 * @param path the file; listings are not told of
 * @param offset where in the file it began, in bytes
 * @param bytes how many bytes of content have been moved since
 * @param startedAt when it began
 * @param elapsed how long it has been running, or ran
 * @param encrypted whether nobody on the way can read what is moved; of FTP, whether its data connection is protected (PROT P)
 */
public record TransferInfo(
        Direction direction,
        VirtualPath path,
        long offset,
        long bytes,
        Instant startedAt,
        Duration elapsed,
        boolean encrypted) {

    /** Which way a transfer goes. */
    public enum Direction {
        /** From the peer to us. */
        UPLOAD,
        /** From us to the peer. */
        DOWNLOAD
    }
}
