package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.AttributeFlags;
import io.portolan.sftp.internal.attributes.NameEntry;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.internal.attributes.SftpFileType;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of SFTP in the words of the version that is spoken. Each is sent at once; its future completes on the event loop, with a {@link SftpStatusException} if the server refuses. On the event loop only.
 */
public final class SftpRequests {

    /** What is asked for of a file's attributes: what {@link io.portolan.sftp.client.RemoteEntry} tells. */
    private static final long ATTRIBUTES = AttributeFlags.SIZE
            | AttributeFlags.PERMISSIONS
            | AttributeFlags.ACCESS_TIME
            | AttributeFlags.CREATE_TIME
            | AttributeFlags.MODIFY_TIME
            | AttributeFlags.OWNER_GROUP
            | AttributeFlags.SUBSECOND_TIMES
            | AttributeFlags.LINK_COUNT;

    private static final long OVERWRITE = 0x1;
    private static final long ATOMIC = 0x2;

    /** What there is to say of a link of which the server tells what it leads to. */
    private static final SftpAttributes SOME_LINK =
            SftpAttributes.builder().type(SftpFileType.SYMLINK).build();

    /** What servers answer to READLINK of what is no link, besides statuses that say something else. */
    private static final Set<Integer> NO_LINK =
            Set.of(SftpStatus.FAILURE.code(), SftpStatus.OP_UNSUPPORTED.code(), SftpStatus.INVALID_PARAMETER.code());

    private static final Call.Decoder<Void> NOTHING = fields -> null;

    private final SftpConnection connection;

    /** What the server has open for us. */
    private final Set<RemoteHandle> open = new HashSet<>();

    /** Why nothing may be asked any more; null while it may. */
    private @Nullable SftpException over;

    public SftpRequests(SftpConnection connection) {
        this.connection = connection;
    }

    /** Nothing is asked any more, though the connection goes on: what is open is closed, and so is what a late reply opens. */
    public void end(SftpException why) {
        over = why;
        List<RemoteHandle> left = List.copyOf(open);
        open.clear();
        left.forEach(this::leave);
    }

    private void leave(RemoteHandle handle) {
        Begun close = on(SftpMessageNumber.CLOSE, handle);
        connection.send(
                close.id(),
                new Call<>(close.what(), SftpMessageNumber.STATUS, NOTHING, false),
                connection.framed(close.packet()));
    }

    private RemoteHandle opened(SshReader in) throws SshProtocolException {
        RemoteHandle handle = RemoteHandle.read(in);
        if (over == null) {
            open.add(handle);
        } else {
            leave(handle);
        }
        return handle;
    }

    private int version() {
        return connection.facts().version();
    }

    private boolean has(String extension) {
        return connection.facts().has(extension);
    }

    // --- how

    /** A request that has an id, and grows. */
    private record Begun(int id, String what, SshWriter packet) {

        Begun text(String text) {
            packet.writeString(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Begun handle(RemoteHandle handle) {
            packet.writeString(handle.octets());
            return this;
        }

        Begun uint32(long value) {
            packet.writeUint32(value);
            return this;
        }

        Begun uint64(long value) {
            packet.writeUint64(value);
            return this;
        }

        Begun octets(byte[] value) {
            packet.writeString(value);
            return this;
        }

        Begun attributes(SftpAttributes attributes, int version) {
            AttributeCodec.write(packet, attributes, version);
            return this;
        }
    }

    private Begun begin(SftpMessageNumber message, String what) {
        int id = connection.newId();
        return new Begun(id, what, new SshWriter().writeByte(message.number()).writeUint32(id & 0xffff_ffffL));
    }

    private Begun on(SftpMessageNumber message, String path) {
        return begin(message, message + " " + path).text(path);
    }

    private Begun on(SftpMessageNumber message, RemoteHandle handle) {
        return begin(message, message.toString()).handle(handle);
    }

    private Begun extended(String name, String about) {
        return begin(SftpMessageNumber.EXTENDED, about.isEmpty() ? name : name + " " + about)
                .text(name);
    }

    private <T> CompletableFuture<T> send(
            Begun begun, SftpMessageNumber expected, Call.Decoder<T> decoder, boolean isLong) {
        SftpException why = over;
        if (why != null) {
            return CompletableFuture.failedFuture(why);
        }
        Call<T> call = new Call<>(begun.what(), expected, decoder, isLong);
        connection.send(begun.id(), call, connection.framed(begun.packet()));
        return call.result();
    }

    private <T> CompletableFuture<T> send(Begun begun, SftpMessageNumber expected, Call.Decoder<T> decoder) {
        return send(begun, expected, decoder, false);
    }

    private CompletableFuture<Void> done(Begun begun) {
        return send(begun, SftpMessageNumber.STATUS, NOTHING);
    }

    private CompletableFuture<SftpAttributes> attributes(Begun begun) {
        int version = version();
        return send(begun, SftpMessageNumber.ATTRS, fields -> AttributeCodec.read(fields, version));
    }

    // --- files and their content

    /** OPEN. */
    public CompletableFuture<RemoteHandle> open(String path, Set<OpenMode> modes, SftpAttributes attributes) {
        Begun begun = on(SftpMessageNumber.OPEN, path);
        if (version() < 5) {
            begun.uint32(OpenMode.flags(modes));
        } else {
            begun.uint32(OpenMode.access(modes)).uint32(OpenMode.disposition(modes));
        }
        return send(begun.attributes(attributes, version()), SftpMessageNumber.HANDLE, this::opened);
    }

    /** CLOSE. */
    public CompletableFuture<Void> close(RemoteHandle handle) {
        open.remove(handle);
        return done(on(SftpMessageNumber.CLOSE, handle));
    }

    /**
     * READ.
     *
     * @param what for messages
     */
    public void read(String what, RemoteHandle handle, long offset, int length, ContentReply reply) {
        SftpException why = over;
        if (why != null) {
            reply.failed(why);
            return;
        }
        Begun read = on(SftpMessageNumber.READ, handle).uint64(offset).uint32(length);
        connection.send(read.id(), new ReadRequest(what, length, reply), connection.framed(read.packet()));
    }

    /**
     * WRITE.
     *
     * @param what for messages
     * @param buffer of {@link WriteRequest#buffer}, with the octets at their place; taken over
     * @param octets how many there are
     */
    public void write(
            String what, RemoteHandle handle, long offset, ByteBuf buffer, int octets, WriteRequest.Outcome outcome) {
        SftpException why = over;
        if (why != null) {
            buffer.release();
            outcome.written(why);
            return;
        }
        int id = connection.newId();
        connection.send(id, new WriteRequest(what, outcome), WriteRequest.packet(id, handle, offset, buffer, octets));
    }

    /** fsync@openssh.com; only if the server has it. */
    public CompletableFuture<Void> sync(RemoteHandle handle) {
        return send(extended("fsync@openssh.com", "").handle(handle), SftpMessageNumber.STATUS, NOTHING, true);
    }

    // --- attributes

    /** STAT or LSTAT. Of a link that LSTAT follows nothing is told but that it is one. */
    public CompletableFuture<SftpAttributes> stat(String path, boolean follow) {
        if (follow) {
            return attributes(wanted(on(SftpMessageNumber.STAT, path)));
        }
        CompletableFuture<SftpAttributes> told = attributes(wanted(on(SftpMessageNumber.LSTAT, path)));
        return connection.has(LinkQuirk.LSTAT_FOLLOWS)
                ? told.thenCompose(attributes -> attributes.type() == SftpFileType.SYMLINK
                        ? CompletableFuture.completedFuture(attributes)
                        : isLink(path).thenApply(isLink -> isLink ? SOME_LINK : attributes))
                : told;
    }

    /** Whether READLINK leads anywhere; a server that only refuses to say so has not said no. */
    private CompletableFuture<Boolean> isLink(String path) {
        return readLink(path).handle((target, failure) -> {
            if (failure == null) {
                return true;
            }
            Throwable cause = Futures.unwrap(failure);
            if (cause instanceof SftpStatusException refused && NO_LINK.contains(refused.status())) {
                return false;
            }
            throw new CompletionException(cause);
        });
    }

    /** FSTAT. */
    public CompletableFuture<SftpAttributes> stat(RemoteHandle handle) {
        return attributes(wanted(on(SftpMessageNumber.FSTAT, handle)));
    }

    private Begun wanted(Begun look) {
        return version() == 3 ? look : look.uint32(ATTRIBUTES & AttributeFlags.of(version()));
    }

    /** SETSTAT. */
    public CompletableFuture<Void> setAttributes(String path, SftpAttributes attributes) {
        return done(on(SftpMessageNumber.SETSTAT, path).attributes(attributes, version()));
    }

    /** lsetstat@openssh.com: of a link itself. */
    public CompletableFuture<Void> setLinkAttributes(String path, SftpAttributes attributes) {
        return done(extended("lsetstat@openssh.com", path).text(path).attributes(attributes, version()));
    }

    /** FSETSTAT. */
    public CompletableFuture<Void> setAttributes(RemoteHandle handle, SftpAttributes attributes) {
        return done(on(SftpMessageNumber.FSETSTAT, handle).attributes(attributes, version()));
    }

    // --- directories and names

    /** OPENDIR. */
    public CompletableFuture<RemoteHandle> openDirectory(String path) {
        return send(on(SftpMessageNumber.OPENDIR, path), SftpMessageNumber.HANDLE, this::opened);
    }

    /** READDIR; null at the end. */
    public CompletableFuture<@Nullable List<NameEntry>> readDirectory(RemoteHandle handle) {
        int version = version();
        CompletableFuture<List<NameEntry>> names = send(
                on(SftpMessageNumber.READDIR, handle), SftpMessageNumber.NAME, in -> NameEntry.readAll(in, version));
        return names.exceptionally(failure -> {
            if (failure instanceof SftpStatusException status && status.status() == SftpStatus.EOF.code()) {
                return null;
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }

    /** MKDIR. */
    public CompletableFuture<Void> makeDirectory(String path) {
        return makeDirectory(path, SftpAttributes.NONE);
    }

    /** MKDIR, with what the directory is to have from its beginning. */
    public CompletableFuture<Void> makeDirectory(String path, SftpAttributes attributes) {
        return done(on(SftpMessageNumber.MKDIR, path).attributes(attributes, version()));
    }

    /** RMDIR. */
    public CompletableFuture<Void> removeDirectory(String path) {
        return done(on(SftpMessageNumber.RMDIR, path));
    }

    /** REMOVE. */
    public CompletableFuture<Void> remove(String path) {
        return done(on(SftpMessageNumber.REMOVE, path));
    }

    /** RENAME as all versions have it: not onto something. */
    public CompletableFuture<Void> rename(String from, String to) {
        Begun rename = begin(SftpMessageNumber.RENAME, "RENAME " + from + " to " + to)
                .text(from)
                .text(to);
        return done(version() < 5 ? rename : rename.uint32(0));
    }

    /** Whether a file can be put in the place of another in one step. */
    public boolean canReplace() {
        return has("posix-rename@openssh.com") || version() >= 5;
    }

    /** posix-rename@openssh.com, or RENAME with flags: what is there is replaced in one step. */
    public CompletableFuture<Void> replace(String from, String to) {
        String what = from + " to " + to;
        if (has("posix-rename@openssh.com")) {
            return done(extended("posix-rename@openssh.com", what).text(from).text(to));
        }
        return done(begin(SftpMessageNumber.RENAME, "RENAME " + what)
                .text(from)
                .text(to)
                .uint32(OVERWRITE | ATOMIC));
    }

    /** SYMLINK, or LINK of version 6, with the two names in the order in which the server reads them. */
    public CompletableFuture<Void> symbolicLink(String link, String target) {
        if (version() >= 6) {
            boolean fromLogin = connection.has(LinkQuirk.LINK_TARGET_FROM_LOGIN) && !target.startsWith("/");
            return link(link, fromLogin ? link.substring(0, link.lastIndexOf('/') + 1) + target : target, true);
        }
        Begun request = begin(SftpMessageNumber.SYMLINK, "SYMLINK " + link);
        return done(
                connection.has(LinkQuirk.SYMLINK_AS_DRAFTED)
                        ? request.text(link).text(target)
                        : request.text(target).text(link));
    }

    private CompletableFuture<Void> link(String link, String target, boolean symbolic) {
        Begun request = begin(SftpMessageNumber.LINK, "LINK " + link);
        Begun named = connection.has(LinkQuirk.LINK_TARGET_FIRST)
                ? request.text(target).text(link)
                : request.text(link).text(target);
        named.packet().writeBoolean(symbolic);
        return done(named);
    }

    /** hardlink@openssh.com, or LINK of version 6. */
    public CompletableFuture<Void> hardLink(String existing, String link) {
        if (!has("hardlink@openssh.com") && version() >= 6) {
            return link(link, existing, false);
        }
        return done(extended("hardlink@openssh.com", link).text(existing).text(link));
    }

    /** READLINK: any text. */
    public CompletableFuture<String> readLink(String path) {
        return path(on(SftpMessageNumber.READLINK, path));
    }

    /** REALPATH: absolute. */
    public CompletableFuture<String> realPath(String path) {
        return path(on(SftpMessageNumber.REALPATH, path));
    }

    /** expand-path@openssh.com: REALPATH that knows {@code ~}. */
    public CompletableFuture<String> expandPath(String path) {
        return path(extended("expand-path@openssh.com", path).text(path));
    }

    private CompletableFuture<String> path(Begun begun) {
        int version = version();
        return send(begun, SftpMessageNumber.NAME, in -> {
            List<NameEntry> names = NameEntry.readAll(in, version);
            if (names.size() != 1) {
                throw SshProtocolException.malformed(names.size() + " names in answer to " + begun.what());
            }
            return new String(names.get(0).name(), StandardCharsets.UTF_8);
        });
    }

    // --- more extensions

    CompletableFuture<ServerLimits> limits() {
        return send(extended("limits@openssh.com", ""), SftpMessageNumber.EXTENDED_REPLY, ServerLimits::read);
    }

    /** statvfs@openssh.com. */
    public CompletableFuture<SpaceReply> space(String path) {
        return send(
                extended("statvfs@openssh.com", path).text(path), SftpMessageNumber.EXTENDED_REPLY, SpaceReply::read);
    }

    /** copy-data: from one open file into another. */
    public CompletableFuture<Void> copyData(
            RemoteHandle from, long fromOffset, long length, RemoteHandle to, long toOffset) {
        Begun request = extended("copy-data", "")
                .handle(from)
                .uint64(fromOffset)
                .uint64(length)
                .handle(to)
                .uint64(toOffset);
        return send(request, SftpMessageNumber.STATUS, NOTHING, true);
    }

    /** check-file-name (draft-ietf-secsh-filexfer-extensions-00 section 3), of the whole file. */
    public CompletableFuture<byte[]> checkFile(String path, String algorithm) {
        Begun request = extended("check-file-name", path)
                .text(path)
                .text(algorithm)
                .uint64(0)
                .uint64(0)
                .uint32(0);
        return send(request, SftpMessageNumber.EXTENDED_REPLY, in -> hash(in, algorithm), true);
    }

    /** check-file as paramiko has it, of the whole of an open file. */
    public CompletableFuture<byte[]> checkFile(RemoteHandle handle, String algorithm) {
        Begun request = extended("check-file", "")
                .handle(handle)
                .text(algorithm)
                .uint64(0)
                .uint64(0)
                .uint32(0);
        return send(
                request,
                SftpMessageNumber.EXTENDED_REPLY,
                in -> {
                    in.readUtf8(ServerFacts.MAX_EXTENSIONS); // the name again
                    return hash(in, algorithm);
                },
                true);
    }

    /** md5-hash (draft-ietf-secsh-filexfer-09 section 9.1.1), of the whole file. */
    public CompletableFuture<byte[]> md5(String path) {
        Begun request =
                extended("md5-hash", path).text(path).uint64(0).uint64(0).octets(new byte[0]);
        return send(
                request,
                SftpMessageNumber.EXTENDED_REPLY,
                in -> {
                    in.readUtf8(ServerFacts.MAX_EXTENSIONS); // the name again
                    return in.readString(MAX_HASH);
                },
                true);
    }

    /** SHA-512's. */
    private static final int MAX_HASH = 64;

    private static final String CHECK_FILE = "check-file";

    private static byte[] hash(SshReader in, String wanted) throws SshProtocolException {
        String used = in.readUtf8(ServerFacts.MAX_EXTENSIONS);
        // MINA repeats the extension's name, as the reply to md5-hash has it, and tells the hash's length
        boolean named = used.equals(CHECK_FILE);
        if (named) {
            used = in.readUtf8(ServerFacts.MAX_EXTENSIONS);
        }
        if (!used.equals(wanted)) {
            throw SshProtocolException.malformed("a hash by " + used + " where one by " + wanted + " was asked for");
        }
        byte[] hash = named ? in.readString(MAX_HASH) : in.readRest();
        if (hash.length == 0 || hash.length > MAX_HASH) {
            throw SshProtocolException.malformed("a hash of " + hash.length + " octets");
        }
        return hash;
    }

    /** users-groups-by-id@openssh.com: names in the order of the numbers, empty where there is none. */
    public CompletableFuture<PrincipalNames> principals(List<Long> users, List<Long> groups) {
        Begun request = extended("users-groups-by-id@openssh.com", "")
                .octets(numbers(users))
                .octets(numbers(groups));
        return send(
                request,
                SftpMessageNumber.EXTENDED_REPLY,
                in -> new PrincipalNames(names(in.readNested(), users.size()), names(in.readNested(), groups.size())));
    }

    /**
     * Names of users and groups.
     *
     * @param users of the users that were asked for
     * @param groups of the groups
     */
    public record PrincipalNames(List<String> users, List<String> groups) {}

    private static byte[] numbers(List<Long> ids) {
        SshWriter out = new SshWriter();
        ids.forEach(out::writeUint32);
        return out.toByteArray();
    }

    private static final int MAX_PRINCIPAL = 512;

    private static List<String> names(SshReader in, int count) throws SshProtocolException {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readUtf8(MAX_PRINCIPAL));
        }
        in.expectEnd();
        return names;
    }

    /** What is thrown if the server has not named an extension. */
    public CompletableFuture<Void> require(String extension) {
        return has(extension)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(
                        new SftpException("the server does not have " + extension, null, false));
    }
}
