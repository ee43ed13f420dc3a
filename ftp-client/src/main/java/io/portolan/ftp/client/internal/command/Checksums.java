package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.Checksum;
import io.portolan.ftp.client.ChecksumAlgorithm;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** HASH (draft-bryan-ftpext-hash), and the older XSHA256 and its like. Within an operation. */
public final class Checksums {

    /** What is taken where it does not matter, the strongest first that is not slow. */
    private static final List<ChecksumAlgorithm> PREFERRED = List.of(
            ChecksumAlgorithm.SHA256,
            ChecksumAlgorithm.SHA512,
            ChecksumAlgorithm.SHA1,
            ChecksumAlgorithm.MD5,
            ChecksumAlgorithm.CRC32);

    private Checksums() {}

    /** The best that the server has. */
    static Optional<ChecksumAlgorithm> best(ClientSession session) {
        return PREFERRED.stream().filter(algorithm -> has(session, algorithm)).findFirst();
    }

    /** Whether the server tells checksums of that algorithm. */
    public static boolean has(ClientSession session, ChecksumAlgorithm algorithm) {
        return hashes(session, algorithm) || olderVerb(session, algorithm).isPresent();
    }

    private static boolean hashes(ClientSession session, ChecksumAlgorithm algorithm) {
        String names = session.features().parameters("HASH").orElse("");
        for (String name : names.split(";")) {
            if (name.strip().replace("*", "").equalsIgnoreCase(algorithm.hashName())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> olderVerb(ClientSession session, ChecksumAlgorithm algorithm) {
        if (session.has(algorithm.verb())) {
            return Optional.of(algorithm.verb());
        }
        return algorithm == ChecksumAlgorithm.SHA1 && session.has("XSHA") ? Optional.of("XSHA") : Optional.empty();
    }

    /** The hash of a file on the server. */
    public static CompletableFuture<Checksum> of(ClientSession session, String path, ChecksumAlgorithm algorithm) {
        if (hashes(session, algorithm)) {
            return select(session, algorithm)
                    .thenCompose(selected -> session.slowCommand("HASH", path))
                    .thenApply(reply -> hashReply(reply, algorithm));
        }
        Optional<String> verb = olderVerb(session, algorithm);
        if (verb.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new FtpException("the server does not tell " + algorithm.hashName(), null, false));
        }
        // in quotes, as some of those that know these commands take a space for the path's end
        String argument = path.indexOf(' ') >= 0 && path.indexOf('"') < 0 ? '"' + path + '"' : path;
        return session.slowCommand(verb.get(), argument).thenApply(reply -> olderReply(reply, algorithm));
    }

    private static CompletableFuture<?> select(ClientSession session, ChecksumAlgorithm algorithm) {
        String name = algorithm.hashName();
        if (name.equals(session.learned().hash())) {
            return CompletableFuture.completedFuture(null);
        }
        return session.command("OPTS", "HASH " + name)
                .thenAccept(reply -> session.learned().hash(name));
    }

    /** {@code 213 SHA-256 0-49 hash name}. */
    private static Checksum hashReply(FtpReply reply, ChecksumAlgorithm algorithm) {
        String[] parts = reply.lines().get(0).strip().split(" ", 4);
        if (parts.length < 3 || !parts[0].toUpperCase(Locale.ROOT).equals(algorithm.hashName())) {
            throw nonsense(reply, null);
        }
        return checksum(reply, algorithm, parts[2]);
    }

    /** The hash and nothing else, or the last word, by the server. */
    private static Checksum olderReply(FtpReply reply, ChecksumAlgorithm algorithm) {
        String last = reply.lines().get(reply.lines().size() - 1);
        if (reply.lines().size() > 1) {
            last = reply.lines().get(1);
        }
        int digits = algorithm == ChecksumAlgorithm.CRC32
                ? 8
                : Hasher.of(algorithm).value().length();
        for (String word : last.strip().split("\\s+")) {
            if (word.length() == digits && word.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
                return checksum(reply, algorithm, word);
            }
        }
        throw nonsense(reply, null);
    }

    private static Checksum checksum(FtpReply reply, ChecksumAlgorithm algorithm, String value) {
        try {
            return new Checksum(algorithm, value);
        } catch (IllegalArgumentException e) {
            throw nonsense(reply, e);
        }
    }

    private static CompletionException nonsense(FtpReply reply, @Nullable Throwable cause) {
        return new CompletionException(new FtpProtocolException("no hash in " + reply, cause));
    }
}
