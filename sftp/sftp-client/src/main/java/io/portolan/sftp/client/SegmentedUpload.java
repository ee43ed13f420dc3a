package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.OwnThread;
import io.portolan.core.internal.segment.Segments;
import io.portolan.sftp.client.internal.segment.SegmentedStore;
import io.portolan.sftp.client.internal.session.RemotePaths;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Uploads one big file over several connections, each of which writes parts of it. It makes sense over long distances to servers that take little at a time: OpenSSH's takes 2 MiB a round trip on each connection, which is 14 MB/s over
 * 150 ms, however wide the line is.
 *
 * <pre>{@code
 * SegmentedUpload.of(client, Path.of("big.iso"), "/images/big.iso").withConnections(4).run();
 * }</pre>
 *
 * <p>The parts are written to a file that nobody else knows, which gets its name when all of it is there and the file here has not changed meanwhile; where the server can do that it is brought to its disk before, and replaces what has the name in one
 * step. A part whose connection breaks goes on where it was, over another. A server that lets fewer connections in is served by fewer, in the end by one. What is under way takes up to 8 MiB of memory for each connection. The client's rate
 * limit is kept to.
 *
 * <p>Immutable. {@link #run()} blocks; an interrupt closes the connections, and the call fails with an {@link InterruptedIOException}.
 */
public final class SegmentedUpload {

    private final SftpClient client;
    private final Path source;
    private final String path;
    private final int connections;
    private final Verification verification;

    private SegmentedUpload(SftpClient client, Path source, String path, int connections, Verification verification) {
        this.client = client;
        this.source = source;
        this.path = path;
        this.connections = connections;
        this.verification = verification;
    }

    /**
     * An upload over 4 connections, with the server's hash compared if it has one.
     *
     * @param client opens the connections
     * @param source the file here
     * @param path where it goes on the server; replaced if it is there
     * @return the upload, which has not begun
     */
    public static SegmentedUpload of(SftpClient client, Path source, String path) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(source, "source");
        return new SegmentedUpload(
                client, source, RemotePaths.check(path), Segments.DEFAULT_CONNECTIONS, Verification.BEST);
    }

    /**
     * This upload with another number of connections.
     *
     * @param most 1 to 16; a file takes no more than one for each 4 MiB
     * @return the upload
     */
    public SegmentedUpload withConnections(int most) {
        return new SegmentedUpload(client, source, path, Segments.connections(most), verification);
    }

    /**
     * This upload with another verification.
     *
     * @param how {@link Verification#SIZE} is always done
     * @return the upload
     */
    public SegmentedUpload withVerification(Verification how) {
        return new SegmentedUpload(client, source, path, connections, Objects.requireNonNull(how, "how"));
    }

    /**
     * What has come of it.
     *
     * @param octets of the file
     * @param connections that had a part in it
     */
    public record Result(long octets, int connections) {}

    /**
     * Uploads it.
     *
     * @return what has come of it
     * @throws SftpVerificationException if what the server has is not what is here
     * @throws IOException if it fails; then what had the name still has it, and what was sent is removed if the server can be reached
     */
    public Result run() throws IOException {
        try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
            long size = file.size();
            FileTime time = Files.getLastModifiedTime(source);
            int used = new SegmentedStore(() -> client.connectBlocking().async().session(), path, file, connections)
                    .run(verification, () -> {
                        if (file.size() != size
                                || !Files.getLastModifiedTime(source).equals(time)) {
                            throw new SftpVerificationException(source + " has changed while it was sent", null);
                        }
                    });
            return new Result(size, used);
        } catch (InterruptedException e) {
            throw Segments.interrupted(e);
        }
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
