package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.OwnThread;
import io.portolan.core.internal.segment.PartFile;
import io.portolan.core.internal.segment.Segments;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.segment.SegmentedFetch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Downloads one big file over several connections, each of which fetches a part of it (REST, RFC 3659, section 5). It makes sense where one connection does not
 * fill the line: over long distances, or where the server slows each of them down.
 *
 * <pre>{@code
 * SegmentedDownload.of(client, "/images/big.iso", Path.of("big.iso")).withConnections(4).run();
 * }</pre>
 *
 * <p>The file appears under its name when all of it is there, and neither its size nor its time have changed on the server meanwhile. A part whose connection breaks
 * goes on where it was, over another. A server that lets fewer connections in, has no REST, or tells no size is served by fewer, in the end by one. Whoever has finished
 * takes over half of what the slowest has left.
 *
 * <p>Immutable. {@link #run()} blocks; an interrupt closes the connections, and the call fails with an {@link InterruptedIOException}.
 */
public final class SegmentedDownload {

    private final FtpClient client;
    private final String path;
    private final Path target;
    private final int connections;
    private final Verification verification;

    private SegmentedDownload(FtpClient client, String path, Path target, int connections, Verification verification) {
        this.client = client;
        this.path = path;
        this.target = target;
        this.connections = connections;
        this.verification = verification;
    }

    /**
     * A download over 4 connections, with the server's checksum compared if it has one.
     *
     * @param client opens the connections
     * @param path the file on the server
     * @param target where it goes; replaced if it is there
     * @return the download, which has not begun
     */
    public static SegmentedDownload of(FtpClient client, String path, Path target) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(target, "target");
        return new SegmentedDownload(
                client, CommandText.path(path), target, Segments.DEFAULT_CONNECTIONS, Verification.BEST);
    }

    /**
     * This download with another number of connections.
     *
     * @param most 1 to 16; a file of less than 8 MiB takes one, and others no more than one for each 4 MiB
     * @return the download
     */
    public SegmentedDownload withConnections(int most) {
        return new SegmentedDownload(client, path, target, Segments.connections(most), verification);
    }

    /**
     * This download with another verification.
     *
     * @param how {@link Verification#SIZE} is always done where the server tells a size
     * @return the download
     */
    public SegmentedDownload withVerification(Verification how) {
        return new SegmentedDownload(client, path, target, connections, Objects.requireNonNull(how, "how"));
    }

    /**
     * What has come of it.
     *
     * @param octets of the file
     * @param connections that had a part in it
     */
    public record Result(long octets, int connections) {}

    /**
     * Downloads it.
     *
     * @return what has come of it
     * @throws FtpVerificationException if the file has changed meanwhile, or its checksum is another
     * @throws IOException if it fails; then nothing is left here, and what was there still is
     */
    public Result run() throws IOException {
        return PartFile.fill(target, file -> {
            SegmentedFetch fetch =
                    new SegmentedFetch(() -> client.connectBlocking().async().session(), path, file, connections);
            int used = fetch.run(verification);
            return new Result(file.size(), used);
        });
    }

    /**
     * As {@link #run()}, on a thread of its own.
     *
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<Result> start() {
        return OwnThread.start("portolan-segments", this::run);
    }
}
