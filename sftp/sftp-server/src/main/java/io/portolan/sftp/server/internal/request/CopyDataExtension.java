package io.portolan.sftp.server.internal.request;

import io.portolan.fs.FileInfo;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.sftp.server.internal.handle.GoingOn;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * copy-data (draft-ietf-secsh-filexfer-extensions-00 section 7): from one open file into another, 0 octets being all to the end. A file into itself is refused, by
 * whatever two handles or names: reading what was just written could go on for ever.
 */
final class CopyDataExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        FileHandle from = OpenFiles.readable(request, channel);
        long fromOffset = reader.readUint64();
        long length = reader.readUint64();
        FileHandle to = OpenFiles.writable(request, channel);
        long toOffset = reader.readUint64();
        OpenFiles.requireRange(fromOffset, length);
        OpenFiles.requireRange(toOffset, length);
        if (from.path().equals(to.path())) {
            throw toItself();
        }
        // runs where the target is used; nothing else touches either file meanwhile, as this counts as a change of both
        Footprint footprint = Footprint.on(true, to, from);
        return LongWork.plan(
                channel,
                footprint,
                going -> {
                    boolean whole = false;
                    try {
                        copy(channel, new Copy(from, fromOffset, length, to, toOffset), going);
                        whole = true;
                    } finally {
                        if (!whole) {
                            to.incomplete();
                        }
                    }
                    return channel.ok(request);
                },
                to::incomplete);
    }

    private record Copy(FileHandle from, long fromOffset, long length, FileHandle to, long toOffset) {}

    private static void copy(SftpChannel channel, Copy copy, GoingOn going) throws IOException {
        FileHandle to = copy.to();
        Optional<String> source = uniqueId(copy.from());
        if (source.isPresent() && source.equals(uniqueId(to))) {
            throw toItself();
        }
        try (ContentRange range = ContentRange.of(copy.from(), copy.fromOffset(), copy.length(), going)) {
            long at = copy.toOffset();
            ByteBuffer piece = range.next(Long.MAX_VALUE);
            while (piece.hasRemaining()) {
                int octets = piece.remaining();
                if (at > Long.MAX_VALUE - octets) {
                    throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "No file is that long");
                }
                to.write(piece, at);
                long written = at;
                channel.loop().execute(() -> to.transfer().moved(written, octets));
                at += octets;
                piece = range.next(Long.MAX_VALUE);
            }
        }
    }

    private static Optional<String> uniqueId(FileHandle file) throws IOException {
        FileInfo info = file.info();
        return info.uniqueId();
    }

    private static RequestFailure toItself() {
        return new RequestFailure(SftpStatus.FAILURE, "A file is not copied into itself");
    }
}
