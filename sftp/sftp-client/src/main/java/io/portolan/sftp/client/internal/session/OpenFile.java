package io.portolan.sftp.client.internal.session;

import io.netty.buffer.ByteBuf;
import io.portolan.core.internal.concurrent.Loop;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.protocol.ContentReply;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.protocol.WriteRequest;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A file that is open to be read and written anywhere. On the event loop. */
public final class OpenFile {

    /** How much one call has under way: reads are short beyond it, writes go on when the first are answered. */
    public static final int AT_A_TIME = 2 * 1024 * 1024;

    private final ClientSession session;
    private final String path;
    private @Nullable RemoteHandle handle;

    private OpenFile(ClientSession session, String path, RemoteHandle handle) {
        this.session = session;
        this.path = path;
        this.handle = handle;
    }

    /**
     * Opens a file.
     *
     * @param permissionBits what a new one is made with
     */
    public static CompletableFuture<OpenFile> open(
            ClientSession session, String path, Set<OpenMode> modes, OptionalInt permissionBits) {
        return session.requests()
                .open(path, modes, AttributeSetting.ofNew(permissionBits))
                .thenApply(handle -> new OpenFile(session, path, handle));
    }

    public ClientSession session() {
        return session;
    }

    private RemoteHandle handle() {
        RemoteHandle open = handle;
        if (open == null) {
            throw new CompletionException(new SftpException(path + ": is closed", null, false));
        }
        return open;
    }

    /** Octets from a place on: how many, at most {@link #AT_A_TIME}; -1 at the end. */
    public CompletableFuture<Integer> read(long position, ByteBuffer target) {
        int wanted = Math.min(target.remaining(), AT_A_TIME);
        if (wanted == 0) {
            return CompletableFuture.completedFuture(0);
        }
        int most = session.facts().limits().read();
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < wanted; from += most) {
            int length = Math.min(most, wanted - from);
            Piece piece = new Piece(handle(), position + from, target.slice(target.position() + from, length));
            pieces.add(piece);
            piece.ask();
        }
        return CompletableFuture.allOf(pieces.stream().map(piece -> piece.whole).toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    int count = 0;
                    for (Piece piece : pieces) {
                        count += piece.got();
                        if (piece.target.hasRemaining()) {
                            break;
                        }
                    }
                    target.position(target.position() + count);
                    return count == 0 ? -1 : count;
                });
    }

    /** Octets that are asked for until all are there, or the file ends. */
    private final class Piece implements ContentReply {
        private final RemoteHandle from;
        private final long position;
        private final ByteBuffer target;
        private final CompletableFuture<Void> whole = new CompletableFuture<>();

        Piece(RemoteHandle from, long position, ByteBuffer target) {
            this.from = from;
            this.position = position;
            this.target = target;
        }

        int got() {
            return target.position();
        }

        void ask() {
            session.requests().read("READ " + path, from, position + got(), target.remaining(), this);
        }

        @Override
        public void data(ByteBuf data) {
            int octets = data.readableBytes();
            data.readBytes(target.slice(target.position(), octets));
            target.position(target.position() + octets);
            data.release();
            if (target.hasRemaining()) {
                ask();
            } else {
                whole.complete(null);
            }
        }

        @Override
        public void end() {
            whole.complete(null);
        }

        @Override
        public void failed(SftpException cause) {
            whole.completeExceptionally(cause);
        }
    }

    /** Writes all that remains in a buffer. */
    public CompletableFuture<Void> write(long position, ByteBuffer source) {
        int length = source.remaining();
        List<Integer> parts = new ArrayList<>();
        for (int from = 0; from < length; from += AT_A_TIME) {
            parts.add(from);
        }
        ByteBuffer content = source.slice();
        return Loop.over(
                        parts,
                        from -> writePart(position + from, content.slice(from, Math.min(AT_A_TIME, length - from))))
                .thenAccept(all -> source.position(source.limit()));
    }

    private CompletableFuture<Void> writePart(long position, ByteBuffer part) {
        SftpRequests requests = session.requests();
        int most = session.facts().limits().write();
        int length = part.remaining();
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int from = 0; from < length; from += most) {
            int octets = Math.min(most, length - from);
            ByteBuf buffer =
                    WriteRequest.buffer(session.transfers().connection().allocator(), octets);
            buffer.setBytes(WriteRequest.ROOM, part.slice(from, octets));
            CompletableFuture<Void> answered = new CompletableFuture<>();
            written.add(answered);
            requests.write("WRITE " + path, handle(), position + from, buffer, octets, failure -> {
                if (failure == null) {
                    answered.complete(null);
                } else {
                    answered.completeExceptionally(failure);
                }
            });
        }
        return CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new));
    }

    /** How many octets it has. */
    public CompletableFuture<Long> size() {
        return session.requests()
                .stat(handle())
                .thenApply(attributes -> attributes
                        .size()
                        .orElseThrow(() -> new CompletionException(
                                new SftpException(path + ": the server does not tell its size", null, false))));
    }

    /** Cuts it off, or adds zeros to it. */
    public CompletableFuture<Void> resize(long octets) {
        return session.requests()
                .setAttributes(handle(), SftpAttributes.builder().size(octets).build());
    }

    /** Brings it to the server's disk. */
    public CompletableFuture<Void> sync() {
        RemoteHandle open = handle();
        return session.requests()
                .require("fsync@openssh.com")
                .thenCompose(there -> session.requests().sync(open));
    }

    /** Closes it; what the server could not write it says here at the latest. */
    public CompletableFuture<Void> close() {
        RemoteHandle open = handle;
        handle = null;
        return open == null
                ? CompletableFuture.completedFuture(null)
                : session.requests().close(open);
    }
}
