package io.portolan.sftp.server.contract;

import io.portolan.fs.NotAFileException;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.QuotaExceededException;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A channel of SFTP in a version, with one request at a time. What a status means is told by its text, as version 3 has no code for most of it. */
final class RemoteChannel {

    private static final long ALL_ATTRIBUTES = 0xffff_ffffL;

    private final Conversation conversation;
    private final int version;

    /**
     * A name of a listing.
     *
     * @param name the name
     * @param attributes what is told of it
     */
    record Name(String name, SftpAttributes attributes) {}

    RemoteChannel(VirtualFileSystem store, int version) {
        this.version = version;
        conversation = Conversation.unintroduced(store, Runnable::run, SftpLimits.DEFAULT);
        conversation.sendBytes(Conversation.framed(
                new SshWriter().writeByte(SftpMessageNumber.INIT.number()).writeUint32(version)));
        conversation.reply();
    }

    /** The channel goes, and with it what is open. */
    synchronized void end() {
        conversation.end();
    }

    // --- requests

    synchronized SshWriter text(SftpMessageNumber message, String text) {
        return conversation.path(message, text);
    }

    SshWriter path(SftpMessageNumber message, VirtualPath path) {
        return text(message, path.toString());
    }

    SshWriter extended(String name) {
        return text(SftpMessageNumber.EXTENDED, name);
    }

    synchronized SshWriter on(SftpMessageNumber message, byte[] handle) {
        return conversation.on(message, handle);
    }

    SshWriter flagged(SshWriter look) {
        return version == 3 ? look : look.writeUint32(ALL_ATTRIBUTES);
    }

    SshWriter with(SshWriter packet, SftpAttributes attributes) {
        AttributeCodec.write(packet, attributes, version);
        return packet;
    }

    byte[] open(VirtualPath path, Set<Access> access) throws IOException {
        SshWriter packet = path(SftpMessageNumber.OPEN, path);
        if (version < 5) {
            packet.writeUint32(flags(access));
        } else {
            packet.writeUint32((access.contains(Access.READ) ? 1 : 0)
                            | (access.contains(Access.WRITE) ? 2 : 0)
                            | (access.contains(Access.APPEND) ? 4 : 0))
                    .writeUint32(disposition(access) | (access.contains(Access.APPEND) ? 8 : 0));
        }
        return handle(path, with(packet, SftpAttributes.NONE));
    }

    private static int flags(Set<Access> access) {
        int flags = 0;
        for (Access each : access) {
            flags |= switch (each) {
                case READ -> Conversation.READ;
                case WRITE -> Conversation.WRITE;
                case APPEND -> Conversation.APPEND;
                case CREATE -> Conversation.CREAT;
                case CREATE_NEW -> Conversation.CREAT | Conversation.EXCL;
                case TRUNCATE -> Conversation.TRUNC;
            };
        }
        return flags;
    }

    private static int disposition(Set<Access> access) {
        if (access.contains(Access.CREATE_NEW)) {
            return 0;
        }
        boolean truncates = access.contains(Access.TRUNCATE);
        if (access.contains(Access.CREATE)) {
            return truncates ? 1 : 3;
        }
        return truncates ? 4 : 2;
    }

    // --- and what they are answered with

    private synchronized SshReader ask(VirtualPath path, SshWriter request, SftpMessageNumber expected)
            throws IOException {
        Conversation.Packet reply = askAnything(request);
        if (reply.message() != expected) {
            throw failure(path, Conversation.status(reply), Conversation.text(reply));
        }
        return reply.fields();
    }

    /** Requests may have been made at a time, so the last one is not the one that was made last. */
    private Conversation.Packet askAnything(SshWriter request) {
        conversation.send(request);
        return conversation.reply();
    }

    synchronized void done(VirtualPath path, SshWriter request) throws IOException {
        Conversation.Packet reply = askAnything(request);
        SftpStatus status = Conversation.status(reply);
        if (status != SftpStatus.OK) {
            throw failure(path, status, Conversation.text(reply));
        }
    }

    byte[] handle(VirtualPath path, SshWriter request) throws IOException {
        return ask(path, request, SftpMessageNumber.HANDLE).readString();
    }

    SftpAttributes attributes(VirtualPath path, SshWriter request) throws IOException {
        return AttributeCodec.read(ask(path, request, SftpMessageNumber.ATTRS), version);
    }

    long[] numbers(VirtualPath path, SshWriter request, int count) throws IOException {
        SshReader reply = ask(path, request, SftpMessageNumber.EXTENDED_REPLY);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = reply.readUint64();
        }
        return numbers;
    }

    /** Names; none at the end. */
    synchronized List<Name> names(VirtualPath path, SshWriter request) throws IOException {
        Conversation.Packet reply = askAnything(request);
        if (reply.message() == SftpMessageNumber.STATUS) {
            SftpStatus status = Conversation.status(reply);
            if (status == SftpStatus.EOF) {
                return List.of();
            }
            throw failure(path, status, Conversation.text(reply));
        }
        List<Name> names = new ArrayList<>();
        long count = reply.fields().readUint32();
        for (long i = 0; i < count; i++) {
            String name = reply.fields().readUtf8(100_000);
            if (version == 3) {
                reply.fields().readString();
            }
            names.add(new Name(name, AttributeCodec.read(reply.fields(), version)));
        }
        return names;
    }

    synchronized int read(VirtualPath path, byte[] handle, ByteBuffer target, long offset) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        Conversation.Packet reply = askAnything(
                on(SftpMessageNumber.READ, handle).writeUint64(offset).writeUint32(target.remaining()));
        if (reply.message() == SftpMessageNumber.DATA) {
            byte[] data = Conversation.data(reply);
            target.put(data);
            return data.length;
        }
        SftpStatus status = Conversation.status(reply);
        if (status == SftpStatus.EOF) {
            return -1;
        }
        throw failure(path, status, Conversation.text(reply));
    }

    private static IOException failure(VirtualPath path, SftpStatus status, String text) {
        String file = path.toString();
        return switch (text) {
            case "No such file or directory" -> new NoSuchFileException(file);
            case "Exists already" -> new FileAlreadyExistsException(file);
            case "Permission denied" -> new AccessDeniedException(file);
            case "Not a directory" -> new NotDirectoryException(file);
            case "Directory not empty" -> new DirectoryNotEmptyException(file);
            case "Not a symbolic link" -> new NotLinkException(file);
            case "Too many symbolic links" -> new FileSystemLoopException(file);
            case "Not a plain file" -> new NotAFileException(path);
            case "This file system cannot do that" -> new OperationNotSupportedException("do that", path);
            case "No room left" -> new QuotaExceededException(path, text);
            default -> new FileSystemException(file, null, status + ": " + text);
        };
    }
}
