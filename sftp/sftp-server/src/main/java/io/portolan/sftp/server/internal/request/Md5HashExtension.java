package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * md5-hash and md5-hash-handle (draft-ietf-secsh-filexfer-09 section 9.1.1): the MD5 of a part of a file. A client that sends the MD5 of the part's first 2048 octets as it
 * knows them gets no more than an empty answer if they are other ones here.
 */
final class Md5HashExtension implements RequestHandler {

    /** How much the quick check is about. */
    private static final int QUICK = 2048;

    private static final int MD5_OCTETS = 16;

    private final String name;
    private final boolean byHandle;

    Md5HashExtension(String name, boolean byHandle) {
        this.name = name;
        this.byHandle = byHandle;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        if (byHandle) {
            FileHandle file = OpenFiles.readable(request, channel);
            Wanted wanted = readWanted(request.reader());
            Footprint footprint = Footprint.on(false, file);
            return LongWork.plan(channel, footprint, going -> {
                try (ContentRange range = ContentRange.of(file, wanted.offset(), wanted.length(), going)) {
                    return reply(request, channel, hash(range, wanted.quick()));
                }
            });
        }
        VirtualPath path = channel.readPath(request);
        Wanted wanted = readWanted(request.reader());
        Footprint footprint = new Footprint(channel.longPaths(), List.of(path), false);
        return LongWork.plan(channel, footprint, going -> {
            try (ContentRange range =
                    ContentRange.of(channel.services().files(), path, wanted.offset(), wanted.length(), going)) {
                return reply(request, channel, hash(range, wanted.quick()));
            }
        });
    }

    private record Wanted(long offset, long length, ByteBuffer quick) {}

    private static Wanted readWanted(SshReader reader) throws SshProtocolException, RequestFailure {
        long offset = reader.readUint64();
        long length = reader.readUint64();
        OpenFiles.requireRange(offset, length);
        return new Wanted(offset, length, ByteBuffer.wrap(reader.readString(MD5_OCTETS)));
    }

    private static byte[] hash(ContentRange range, ByteBuffer quick) throws IOException {
        Checksum.Computation all = Checksum.MD5.begin();
        ByteBuffer piece = range.next(QUICK);
        if (quick.hasRemaining()) {
            Checksum.Computation first = Checksum.MD5.begin();
            first.update(piece.duplicate());
            if (!ByteBuffer.wrap(first.finish()).equals(quick)) {
                return new byte[0];
            }
        }
        while (piece.hasRemaining()) {
            all.update(piece);
            piece = range.next(Long.MAX_VALUE);
        }
        return all.finish();
    }

    private Reply reply(Request request, SftpChannel channel, byte[] hash) {
        return new Reply.Packet(channel.packet(SftpMessageNumber.EXTENDED_REPLY, request)
                .writeString(name)
                .writeString(hash));
    }
}
