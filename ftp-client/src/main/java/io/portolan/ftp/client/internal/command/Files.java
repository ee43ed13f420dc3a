package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.core.internal.codec.QuotedPath;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.listing.MlsxParser;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is asked of single files and directories. Within an operation. */
public final class Files {

    private static final int NO_PATH = 501;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Files() {}

    /** RNFR and RNTO (RFC 959, section 4.1.3). */
    public static CompletableFuture<FtpReply> rename(ClientSession session, String from, String to) {
        return session.tried("RNFR", from).thenCompose(reply -> {
            if (!reply.isIntermediate()) {
                return CompletableFuture.failedFuture(ClientSession.refused("RNFR", from, reply));
            }
            return session.command("RNTO", to);
        });
    }

    /** PWD. */
    public static CompletableFuture<String> workingDirectory(ClientSession session) {
        return session.command("PWD", "")
                .thenApply(reply -> QuotedPath.unquote(reply.lines().get(0))
                        .orElseThrow(() ->
                                new CompletionException(new FtpProtocolException("PWD: no path in " + reply, null))));
    }

    /** SIZE (RFC 3659, section 4); empty if the server tells none, which is also what it does for files that are not there. */
    public static CompletableFuture<OptionalLong> size(ClientSession session, String path) {
        return session.binary()
                .thenCompose(agreed -> session.tried("SIZE", path))
                .thenApply(reply -> {
                    if (reply.code() == FtpReplyCode.FILE_STATUS.value()) {
                        try {
                            return OptionalLong.of(
                                    Long.parseUnsignedLong(reply.lines().get(0).strip()));
                        } catch (NumberFormatException e) {
                            throw new CompletionException(new FtpProtocolException("SIZE " + path + ": " + reply, e));
                        }
                    }
                    return OptionalLong.empty();
                });
    }

    /** MLST; else SIZE and MDTM; else the listing of the directory above. Empty if there is no such thing. */
    public static CompletableFuture<Optional<RemoteEntry>> stat(ClientSession session, String path) {
        if (session.has("MLST")) {
            return session.tried("MLST", path).thenApply(reply -> fromMlst(path, reply));
        }
        return size(session, path)
                .thenCompose(size -> size.isPresent()
                        ? modified(session, path).thenApply(time -> Optional.of(plain(path, size.getAsLong(), time)))
                        : fromListing(session, path));
    }

    private static Optional<RemoteEntry> fromMlst(String path, FtpReply reply) {
        if (!reply.isPositive()) {
            FtpReplyException refused = ClientSession.refused("MLST", path, reply);
            // RFC 3659 has 550 for what is not there, and 501 for what can be no path; some servers say that of what is
            // not there
            if (reply.code() == FtpReplyCode.FILE_UNAVAILABLE.value() || reply.code() == NO_PATH) {
                return Optional.empty();
            }
            throw new CompletionException(refused);
        }
        if (reply.lines().size() >= 3) {
            String line = reply.lines().get(1).strip();
            var facts = MlsxParser.facts(line);
            if (facts != null) {
                FileInfo info = MlsxParser.info(facts);
                return Optional.of(RemoteEntry.of(
                        name(path),
                        info,
                        MlsxParser.isSized(facts),
                        facts.containsKey("modify") ? MlsxParser.time(facts).width() : null,
                        line));
            }
        }
        throw new CompletionException(new FtpProtocolException("MLST " + path + ": " + reply, null));
    }

    /** MDTM (RFC 3659, section 3). */
    public static CompletableFuture<@Nullable Instant> modified(ClientSession session, String path) {
        return session.tried("MDTM", path).thenApply(reply -> {
            try {
                return reply.code() == FtpReplyCode.FILE_STATUS.value()
                        ? FtpTime.parse(reply.lines().get(0).strip())
                        : null;
            } catch (FtpSyntaxException e) {
                return null;
            }
        });
    }

    private static RemoteEntry plain(String path, long size, @Nullable Instant time) {
        FileInfo.Builder info = FileInfo.builder(FileType.FILE).size(size);
        if (time != null) {
            info.modified(time);
        }
        return RemoteEntry.of(name(path), info.build(), true, time == null ? null : SECOND, "");
    }

    private static CompletableFuture<Optional<RemoteEntry>> fromListing(ClientSession session, String path) {
        String name = name(path);
        return Listings.collect(session, parent(path))
                .thenApply(entries -> entries.stream()
                        .filter(entry -> entry.name().equals(name))
                        .findFirst());
    }

    /** What stands behind the last slash; a root is called by a name that none has. */
    static String name(String path) {
        String trimmed = trim(path);
        String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? "(root)" : name;
    }

    /** What stands before it; empty for the directory that the user is in. */
    static String parent(String path) {
        String trimmed = trim(path);
        int slash = trimmed.lastIndexOf('/');
        return slash == 0 ? "/" : slash < 0 ? "" : trimmed.substring(0, slash);
    }

    static String child(String directory, String name) {
        return directory.isEmpty() || directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    private static String trim(String path) {
        String trimmed = path;
        while (trimmed.length() > 1 && trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed;
    }

    /** MFMT (draft-somers-ftp-mfxx), else SITE UTIME in either of its forms. */
    public static CompletableFuture<?> setModified(ClientSession session, String path, Instant time) {
        String stamp = FtpTime.format(Instant.ofEpochSecond(time.getEpochSecond()));
        if (session.has("MFMT")) {
            return session.command("MFMT", stamp + " " + path);
        }
        String argument = "UTIME " + path + " " + stamp + " " + stamp + " " + stamp + " UTC";
        return session.tried("SITE", argument)
                .thenCompose(reply -> reply.isPositive()
                        ? CompletableFuture.completedFuture(reply)
                        : session.command("SITE", "UTIME " + stamp + " " + path));
    }

    /** MKD of each directory on the way; those that are there are no failure. */
    public static CompletableFuture<Void> makeDirectories(ClientSession session, String path) {
        return session.tried("MKD", path).thenCompose(reply -> {
            if (reply.isPositive()) {
                return CompletableFuture.completedFuture(null);
            }
            FtpReplyException refused = ClientSession.refused("MKD", path, reply);
            String above = parent(path);
            return isDirectory(session, path).thenCompose(there -> {
                if (there) {
                    return CompletableFuture.completedFuture(null);
                }
                if (above.isEmpty() || above.equals("/") || above.equals(path) || !reply.isPermanentError()) {
                    return CompletableFuture.failedFuture(refused);
                }
                return isDirectory(session, above)
                        .thenCompose(parentThere -> parentThere
                                ? CompletableFuture.failedFuture(refused)
                                : makeDirectories(session, above)
                                        .thenCompose(made -> session.command("MKD", path))
                                        .thenAccept(made -> {}));
            });
        });
    }

    private static CompletableFuture<Boolean> isDirectory(ClientSession session, String path) {
        return stat(session, path).handle((entry, failure) -> {
            if (failure == null) {
                return entry.isPresent() && entry.get().isDirectory();
            }
            if (Futures.unwrap(failure) instanceof FtpReplyException) {
                return false;
            }
            throw new CompletionException(Futures.unwrap(failure));
        });
    }
}
