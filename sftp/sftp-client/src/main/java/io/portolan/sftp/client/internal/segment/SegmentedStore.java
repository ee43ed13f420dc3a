package io.portolan.sftp.client.internal.segment;

import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.session.OpenFile;
import io.portolan.sftp.client.internal.transfer.Replacement;
import io.portolan.sftp.client.internal.transfer.TemporaryName;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Stores a file in segments, under a name that nobody else knows until it is whole. Used once. */
public final class SegmentedStore extends SegmentMover {

    private String temporary = "";

    /**
     * A store.
     *
     * @param path where it goes; replaced if it is there
     * @param file what is stored
     * @param connections the most
     */
    public SegmentedStore(SegmentConnector connector, String path, FileChannel file, int connections) {
        super(connector, path, file, connections);
    }

    /** Looks whether the file here is still what it was. */
    @FunctionalInterface
    public interface Unchanged {
        void check() throws IOException;
    }

    /**
     * Stores it.
     *
     * @param verification whether the server's hash has to be that of the file; the size always has to be
     * @param unchanged asked before the file gets its name
     * @return how many connections there were
     */
    public int run(Verification verification, Unchanged unchanged) throws IOException, InterruptedException {
        SegmentSession first = connect();
        try {
            String path = first.session().resolve(asked);
            temporary = TemporaryName.beside(path);
            long size = file.size();
            make(first);
            boolean published = false;
            try {
                int used = moveAll(size, first);
                first = again(first);
                unchanged.check();
                compare(first, size, verification);
                SegmentSession last = first;
                // From here on it may be the only one there is, as some servers have to remove the old one first.
                published = true;
                try {
                    last.done(() -> Replacement.of(last.session().requests(), temporary, path));
                } catch (SftpStatusException e) {
                    published = false;
                    throw e;
                }
                return used;
            } finally {
                if (!published) {
                    remove(first);
                }
            }
        } finally {
            first.close();
        }
    }

    private void make(SegmentSession session) throws IOException {
        OpenFile made = session.open(temporary, Set.of(OpenMode.WRITE, OpenMode.CREATE_NEW));
        session.done(made::close);
    }

    private void compare(SegmentSession session, long size, Verification verification) throws IOException {
        SftpAttributes there = session.await(() -> session.session().requests().stat(temporary, true));
        if (!there.size().equals(OptionalLong.of(size))) {
            throw new SftpVerificationException(
                    asked + ": has " + there.size() + " octets on the server, and not " + size, null);
        }
        FileHashes.compare(session, temporary, file, verification);
    }

    /** As well as it can be: whoever called hears of what went wrong before. */
    private void remove(SegmentSession session) {
        boolean interrupted = Thread.interrupted();
        try {
            SegmentSession own = again(session);
            try {
                own.done(() -> own.session().requests().remove(temporary));
            } finally {
                own.close();
            }
        } catch (IOException e) {
            // The server cannot be reached any more, or has done it.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    void move(Segment segment, SegmentSession session) throws IOException {
        OpenFile remote = session.open(temporary, Set.of(OpenMode.WRITE));
        boolean whole = false;
        try {
            moveBlocks(segment, session, remote);
            if (session.session().facts().has("fsync@openssh.com")) {
                session.done(remote::sync);
            }
            whole = true;
        } finally {
            if (!whole) {
                var ignored = session.session().submit(remote::close);
            }
        }
        session.done(remote::close);
    }

    @Override
    CompletableFuture<?> send(OpenFile remote, long position, ByteBuffer block) throws IOException {
        long at = position;
        while (block.hasRemaining()) {
            int count = file.read(block, at);
            if (count < 0) {
                throw new SftpException(asked + ": the file here has become shorter while it was sent", null, false);
            }
            at += count;
        }
        block.flip();
        return remote.session().submit(() -> remote.write(position, block));
    }

    @Override
    void arrived(long position, ByteBuffer block) {
        // the server has said of all of it that it is written
    }
}
