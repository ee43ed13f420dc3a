package io.portolan.sftp.client.internal.segment;

import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.TruncatedTransferException;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.OpenFile;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Fetches a file in segments into a channel. Used once. */
public final class SegmentedFetch extends SegmentMover {

    private String path = "";

    /**
     * A fetch.
     *
     * @param path the file
     * @param file where it goes, empty
     * @param connections the most
     */
    public SegmentedFetch(SegmentConnector connector, String path, FileChannel file, int connections) {
        super(connector, path, file, connections);
    }

    /**
     * Fetches it.
     *
     * @param verification whether the server's hash has to be that of what came; the size and the time always have to be those of the beginning
     * @return how many connections there were
     */
    public int run(Verification verification) throws IOException, InterruptedException {
        SegmentSession first = connect();
        try {
            path = first.session().resolve(asked);
            SftpAttributes before = attributes(first);
            long size = before.size()
                    .orElseThrow(() -> new SftpException(
                            path + ": the server does not tell its size, which a download in parts needs",
                            null,
                            false));
            int used = moveAll(size, first);
            first = again(first);
            SftpAttributes after = attributes(first);
            if (!after.size().equals(before.size())
                    || !after.modified().equals(before.modified())
                    || file.size() != size
                    || !endsAt(first, size)) {
                throw new SftpVerificationException(path + " has changed while it was fetched", null);
            }
            FileHashes.compare(first, path, file, verification);
            return used;
        } finally {
            first.close();
        }
    }

    private SftpAttributes attributes(SegmentSession session) throws IOException {
        return session.await(() -> session.session().requests().stat(path, true));
    }

    /** Some files have more in them than their size tells. */
    private boolean endsAt(SegmentSession session, long size) throws IOException {
        OpenFile remote = session.open(path, Set.of(OpenMode.READ));
        int read = session.await(() -> remote.read(size, ByteBuffer.allocate(1)));
        session.done(remote::close);
        return read < 0;
    }

    @Override
    void move(Segment segment, SegmentSession session) throws IOException {
        OpenFile remote = session.open(path, Set.of(OpenMode.READ));
        try {
            moveBlocks(segment, session, remote);
        } finally {
            var ignored = session.session().submit(remote::close);
        }
    }

    @Override
    CompletableFuture<?> send(OpenFile remote, long position, ByteBuffer block) {
        ClientSession session = remote.session();
        return session.submit(() -> remote.read(position, block));
    }

    @Override
    void arrived(long position, ByteBuffer block) throws IOException {
        if (block.hasRemaining()) {
            long end = position + block.position();
            throw new TruncatedTransferException(
                    path + ": ends at " + end + ", before its size", null, end, position + block.limit());
        }
        block.flip();
        for (long at = position; block.hasRemaining(); ) {
            at += file.write(block, at);
        }
    }
}
