package io.portolan.sftp.server.internal.request;

import io.portolan.fs.Digests;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.sftp.server.internal.handle.GoingOn;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * check-file-name and check-file-handle (draft-ietf-secsh-filexfer-extensions-00 section 3): checksums of a part of a file, as a whole or block by block. The reply is
 * as the draft has it. "check-file" is what paramiko calls the one with a handle, from an older draft, with its own name at the reply's begin.
 */
final class CheckFileExtension implements RequestHandler {

    /** What the file is given by, and what the reply looks like. */
    enum Form {
        NAME,
        HANDLE,
        PARAMIKO
    }

    /** The smallest blocks, says the draft. */
    static final int MIN_BLOCK = 256;

    /** How many octets of checksums there may be: with the header the 34000 octets that the draft has all clients take as a packet. */
    static final int MAX_RESULT = 32 * 1024;

    private static final int MAX_ALGORITHMS = 1024;

    private final Form form;

    CheckFileExtension(Form form) {
        this.form = form;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        if (form == Form.NAME) {
            VirtualPath path = channel.readPath(request);
            Wanted wanted = readWanted(reader);
            return LongWork.plan(
                    channel,
                    new Footprint(channel.longPaths(), List.of(path), false),
                    going -> reply(request, channel, wanted, checkNamed(channel, path, wanted, going)));
        }
        FileHandle file = OpenFiles.readable(request, channel);
        Wanted wanted = readWanted(reader);
        return LongWork.plan(channel, Footprint.on(false, file), going -> {
            try (ContentRange range = ContentRange.of(file, wanted.offset(), wanted.length(), going)) {
                return reply(request, channel, wanted, check(range, wanted));
            }
        });
    }

    private record Wanted(Checksum checksum, long offset, long length, long block) {}

    private static Wanted readWanted(SshReader reader) throws SshProtocolException, RequestFailure {
        Checksum checksum = choose(reader.readUtf8(MAX_ALGORITHMS));
        long offset = reader.readUint64();
        long length = reader.readUint64();
        long block = reader.readUint32();
        OpenFiles.requireRange(offset, length);
        if (block != 0 && block < MIN_BLOCK) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "Blocks have at least " + MIN_BLOCK + " octets");
        }
        return new Wanted(checksum, offset, length, block);
    }

    private static Checksum choose(String names) throws RequestFailure {
        for (String name : names.split(",", -1)) {
            Optional<Checksum> checksum = Checksum.named(name);
            if (checksum.isPresent()) {
                return checksum.get();
            }
        }
        throw new RequestFailure(SftpStatus.OP_UNSUPPORTED, "None of these algorithms is supported");
    }

    private static SshWriter checkNamed(SftpChannel channel, VirtualPath path, Wanted wanted, GoingOn going)
            throws IOException {
        VirtualFileSystem files = channel.services().files();
        if (wanted.offset() == 0 && wanted.length() == 0 && wanted.block() == 0) {
            Optional<Digests> digests = files.capability(Digests.class);
            if (digests.isPresent()) {
                Optional<byte[]> known =
                        digests.get().digest(path, wanted.checksum().jdkName());
                if (known.isPresent()) {
                    return new SshWriter().writeBytes(known.get());
                }
            }
        }
        try (ContentRange range = ContentRange.of(files, path, wanted.offset(), wanted.length(), going)) {
            return check(range, wanted);
        }
    }

    private static SshWriter check(ContentRange range, Wanted wanted) throws IOException {
        Checksum.Computation computation = wanted.checksum().begin();
        SshWriter result = new SshWriter();
        long blockLeft = wanted.block() == 0 ? Long.MAX_VALUE : wanted.block();
        boolean inBlock = wanted.block() == 0;
        ByteBuffer piece = range.next(blockLeft);
        while (piece.hasRemaining()) {
            inBlock = true;
            blockLeft -= piece.remaining();
            computation.update(piece);
            if (blockLeft == 0) {
                add(result, computation);
                blockLeft = wanted.block();
                inBlock = false;
            }
            piece = range.next(blockLeft);
        }
        if (inBlock) {
            add(result, computation);
        }
        return result;
    }

    private static void add(SshWriter result, Checksum.Computation computation) throws RequestFailure {
        byte[] checksum = computation.finish();
        if (result.size() + checksum.length > MAX_RESULT) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "Too many blocks: ask for larger ones");
        }
        result.writeBytes(checksum);
    }

    private Reply reply(Request request, SftpChannel channel, Wanted wanted, SshWriter checksums) {
        SshWriter packet = channel.packet(SftpMessageNumber.EXTENDED_REPLY, request);
        if (form == Form.PARAMIKO) {
            packet.writeString("check-file");
        }
        return new Reply.Packet(packet.writeString(wanted.checksum().wireName()).writeBytes(checksums.toByteArray()));
    }
}
