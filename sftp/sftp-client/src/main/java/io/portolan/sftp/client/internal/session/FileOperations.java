package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.Loop;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.transfer.Replacement;
import io.portolan.sftp.client.internal.transfer.TemporaryName;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.internal.attributes.SftpFileType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** What takes more than one request. Paths are those of the server. On the event loop. */
public final class FileOperations {

    /** Directories in directories: deeper than any path that systems have, and an end to a tree that has none. */
    static final int MAX_DEPTH = 1000;

    /** How many files are deleted at a time. */
    private static final int BURST = 64;

    /** Entries of one directory that are deleted: their names are memory. */
    private static final int MAX_ENTRIES = 1_000_000;

    private FileOperations() {}

    /** What there is to know of a file; empty if there is none. */
    public static CompletableFuture<Optional<RemoteEntry>> stat(ClientSession session, String path, boolean follow) {
        String last = RemotePaths.name(path);
        // the root, and what is named by dots, has a name that the path does not tell
        String name = VirtualPath.isValidName(last) ? last : "root";
        return attributes(session, path, follow)
                .thenCompose(found -> session.principals()
                        .learn(found.stream().toList())
                        .thenApply(learnt ->
                                found.map(attributes -> Entries.entry(name, attributes, session.principals()))));
    }

    private static CompletableFuture<Optional<SftpAttributes>> attributes(
            ClientSession session, String path, boolean follow) {
        return session.requests().stat(path, follow).handle((attributes, failure) -> {
            if (failure == null) {
                return Optional.of(attributes);
            }
            if (Futures.unwrap(failure) instanceof SftpStatusException status && status.isNotFound()) {
                return Optional.<SftpAttributes>empty();
            }
            throw new CompletionException(Futures.unwrap(failure));
        });
    }

    private static <T> CompletableFuture<T> otherwise(
            CompletableFuture<T> tried, Function<Throwable, CompletableFuture<T>> other) {
        return tried.handle((value, failure) -> failure == null
                        ? CompletableFuture.completedFuture(value)
                        : other.apply(Futures.unwrap(failure)))
                .thenCompose(result -> result);
    }

    /** Makes a directory and those above it that are not there. */
    public static CompletableFuture<Void> makeDirectories(ClientSession session, String path) {
        return makeDirectories(session, path, 0);
    }

    private static CompletableFuture<Void> makeDirectories(ClientSession session, String path, int depth) {
        SftpRequests requests = session.requests();
        return otherwise(
                requests.makeDirectory(path),
                refused -> attributes(session, path, true).thenCompose(found -> {
                    if (found.isPresent()) {
                        return found.get().type() == SftpFileType.DIRECTORY
                                ? done()
                                : CompletableFuture.<Void>failedFuture(refused);
                    }
                    String parent = RemotePaths.parent(path);
                    if (parent.isEmpty() || parent.equals("/") || depth >= MAX_DEPTH) {
                        return CompletableFuture.<Void>failedFuture(refused);
                    }
                    return makeDirectories(session, parent, depth + 1)
                            .thenCompose(made -> requests.makeDirectory(path));
                }));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Deletes something with all that is in it. Links are deleted, and what they lead to is left. */
    public static CompletableFuture<Void> removeAll(ClientSession session, String path) {
        return session.requests()
                .stat(path, false)
                .thenCompose(attributes -> attributes.type() == SftpFileType.DIRECTORY
                        ? removeDirectory(session, path, 0)
                        : session.requests().remove(path));
    }

    private static CompletableFuture<Void> removeDirectory(ClientSession session, String path, int depth) {
        if (depth > MAX_DEPTH) {
            return CompletableFuture.failedFuture(
                    new SftpException(path + ": more than " + MAX_DEPTH + " directories deep", null, false));
        }
        // all names before the first is deleted: servers lose their place in a directory that changes
        return EntryCollector.collect(ListingTask.start(session, path), MAX_ENTRIES)
                .thenComposeAsync(entries -> removeEntries(session, path, entries, depth), session.loop())
                .thenCompose(emptied -> session.requests().removeDirectory(path));
    }

    private static CompletableFuture<Void> removeEntries(
            ClientSession session, String path, List<RemoteEntry> entries, int depth) {
        List<List<String>> bursts = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (RemoteEntry entry : entries) {
            String child = RemotePaths.child(path, entry.name());
            if (entry.isDirectory()) {
                directories.add(child);
            } else {
                if (bursts.isEmpty() || bursts.get(bursts.size() - 1).size() == BURST) {
                    bursts.add(new ArrayList<>());
                }
                bursts.get(bursts.size() - 1).add(child);
            }
        }
        return Loop.over(
                        bursts,
                        burst -> CompletableFuture.allOf(
                                burst.stream().map(session.requests()::remove).toArray(CompletableFuture<?>[]::new)))
                .thenCompose(removed -> Loop.over(directories, child -> removeDirectory(session, child, depth + 1)));
    }

    /** Sets the time of the last change; that of the last access, which version 3 has only together with it, is set to the same. */
    public static CompletableFuture<Void> setModified(ClientSession session, String path, Instant time) {
        return session.requests()
                .setAttributes(
                        path,
                        SftpAttributes.builder().modified(time).accessed(time).build());
    }

    /** Sets the permissions. */
    public static CompletableFuture<Void> setPermissions(ClientSession session, String path, int bits) {
        return session.requests()
                .setAttributes(path, SftpAttributes.builder().permissions(bits).build());
    }

    /** Goes to a directory. */
    public static CompletableFuture<Void> changeDirectory(ClientSession session, String path) {
        SftpRequests requests = session.requests();
        return requests.realPath(path)
                .thenCompose(real -> requests.stat(real, true).thenCompose(attributes -> {
                    if (attributes.type() != SftpFileType.DIRECTORY || !real.startsWith("/")) {
                        return CompletableFuture.<Void>failedFuture(
                                new SftpException(path + ": is no directory", null, false));
                    }
                    session.setDirectory(RemotePaths.check(real));
                    return done();
                }));
    }

    /** Copies a file at the server, by copy-data: to another name first, as both may be names of one file, which would be emptied by what makes room for its copy. */
    public static CompletableFuture<Void> copy(ClientSession session, String from, String to) {
        SftpRequests requests = session.requests();
        String beside = TemporaryName.beside(to);
        return requests.require("copy-data")
                .thenCompose(there -> copyData(requests, from, beside)
                        .thenCompose(copied -> Replacement.of(requests, beside, to))
                        .handle((placed, failure) -> failure == null
                                ? CompletableFuture.<Void>completedFuture(null)
                                : Futures.unwrap(failure) instanceof Replacement.KeptException kept
                                        ? CompletableFuture.<Void>failedFuture(kept)
                                        : requests.remove(beside)
                                                .handle((removed, nothing) -> Futures.unwrap(failure))
                                                .thenCompose(CompletableFuture::<Void>failedFuture))
                        .thenCompose(done -> done));
    }

    private static CompletableFuture<Void> copyData(SftpRequests requests, String from, String to) {
        Set<OpenMode> writing = EnumSet.of(OpenMode.WRITE, OpenMode.CREATE_NEW);
        return CompletableFuture.<Void>completedFuture(null)
                .thenCompose(there -> requests.open(from, Set.of(OpenMode.READ), SftpAttributes.NONE))
                .thenCompose(source -> closing(
                        requests,
                        source,
                        requests.open(to, writing, SftpAttributes.NONE)
                                .thenCompose(target ->
                                        closing(requests, target, requests.copyData(source, 0, 0, target, 0)))));
    }

    /** Closes what was open for something; that fails if one of both does. */
    private static CompletableFuture<Void> closing(
            SftpRequests requests, RemoteHandle handle, CompletableFuture<Void> use) {
        return use.handle((nothing, failure) -> requests.close(handle).<Void>thenApply(closed -> {
                    if (failure != null) {
                        throw new CompletionException(Futures.unwrap(failure));
                    }
                    return null;
                }))
                .thenCompose(closed -> closed);
    }

    /** How much room there is, by statvfs@openssh.com. */
    public static CompletableFuture<Space> space(ClientSession session, String path) {
        SftpRequests requests = session.requests();
        return requests.require("statvfs@openssh.com")
                .thenCompose(there -> requests.space(path))
                .thenApply(told -> new Space(told.total(), told.free(), told.usable()));
    }
}
