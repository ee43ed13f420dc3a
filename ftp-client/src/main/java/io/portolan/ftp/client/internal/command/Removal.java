package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.concurrent.Loop;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes a directory with all that is in it. Everything is first tried as a file: that removes links to directories, which some servers list as directories, instead of what they lead to. Within an operation.
 */
public final class Removal {

    /** Directories in directories: deeper than any path that systems have, and an end to a tree that has none. */
    static final int MAX_DEPTH = 1000;

    /** How many files are deleted with one wait for the replies. */
    private static final int BURST = 32;

    private final ClientSession session;

    private Removal(ClientSession session) {
        this.session = session;
    }

    public static CompletableFuture<Void> of(ClientSession session, String path) {
        return new Removal(session).remove(path, 0);
    }

    private CompletableFuture<Void> remove(String path, int depth) {
        return session.tried("DELE", path)
                .thenCompose(reply -> reply.isPositive()
                        ? CompletableFuture.completedFuture(null)
                        : removeDirectory(path, reply, depth));
    }

    private CompletableFuture<Void> removeDirectory(String path, FtpReply notAFile, int depth) {
        if (!notAFile.isPermanentError()) {
            return CompletableFuture.failedFuture(ClientSession.refused("DELE", path, notAFile));
        }
        if (depth > MAX_DEPTH) {
            return CompletableFuture.failedFuture(
                    new FtpException(path + ": more than " + MAX_DEPTH + " directories deep", null, false));
        }
        return session.tried("RMD", path)
                .thenCompose(reply -> reply.isPositive()
                        ? CompletableFuture.completedFuture(null)
                        : Listings.collect(session, path)
                                .thenCompose(entries -> removeAll(path, entries, depth))
                                .thenCompose(emptied -> session.command("RMD", path))
                                .thenAccept(removed -> {}));
    }

    private CompletableFuture<Void> removeAll(String path, List<RemoteEntry> entries, int depth) {
        List<List<String>> files = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (RemoteEntry entry : entries) {
            String child = Files.child(path, entry.name());
            if (entry.isDirectory()) {
                directories.add(child);
            } else {
                if (files.isEmpty() || files.get(files.size() - 1).size() == burst()) {
                    files.add(new ArrayList<>());
                }
                files.get(files.size() - 1).add(child);
            }
        }
        return Loop.over(files, this::removeFiles)
                .thenCompose(removed -> Loop.over(directories, child -> remove(child, depth + 1)));
    }

    private int burst() {
        return session.isPipelining() ? BURST : 1;
    }

    private CompletableFuture<?> removeFiles(List<String> paths) {
        return CompletableFuture.allOf(
                paths.stream().map(path -> session.command("DELE", path)).toArray(CompletableFuture<?>[]::new));
    }
}
