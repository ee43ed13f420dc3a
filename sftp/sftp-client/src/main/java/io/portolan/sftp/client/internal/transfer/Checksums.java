package io.portolan.sftp.client.internal.transfer;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.Checksum;
import io.portolan.sftp.client.ChecksumAlgorithm;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.ServerFacts;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a server for hashes of its files: by check-file-name (draft-ietf-secsh-filexfer-extensions-00 section 3), else by check-file as paramiko has it, else by md5-hash. On the event loop only.
 */
public final class Checksums {

    private static final List<ChecksumAlgorithm> BEST_FIRST = List.of(
            ChecksumAlgorithm.SHA256,
            ChecksumAlgorithm.SHA512,
            ChecksumAlgorithm.SHA1,
            ChecksumAlgorithm.MD5,
            ChecksumAlgorithm.CRC32);

    private final SftpRequests requests;
    private final ServerFacts facts;

    /** Whether the server has once said that it knows no check-file-name. */
    private boolean byHandle;

    public Checksums(SftpRequests requests, ServerFacts facts) {
        this.requests = requests;
        this.facts = facts;
    }

    private boolean checksFiles() {
        return facts.has("check-file") || facts.has("check-file-name");
    }

    /** The best that the server may have. */
    Optional<ChecksumAlgorithm> best() {
        if (checksFiles()) {
            List<String> told =
                    Arrays.asList(facts.extension("check-file").orElse("").split(",", -1));
            Optional<ChecksumAlgorithm> named = BEST_FIRST.stream()
                    .filter(algorithm -> told.contains(algorithm.wireName()))
                    .findFirst();
            return named.isPresent() ? named : Optional.of(BEST_FIRST.get(0));
        }
        return facts.has("md5-hash") ? Optional.of(ChecksumAlgorithm.MD5) : Optional.empty();
    }

    /** Whether it makes sense to ask for it. */
    public boolean mayTell(ChecksumAlgorithm algorithm) {
        String told = facts.extension("check-file").orElse("");
        return checksFiles()
                ? told.isEmpty() || Arrays.asList(told.split(",", -1)).contains(algorithm.wireName())
                : facts.has("md5-hash") && algorithm == ChecksumAlgorithm.MD5;
    }

    /** A file's hash. */
    public CompletableFuture<Checksum> of(String path, ChecksumAlgorithm algorithm) {
        CompletableFuture<byte[]> hash;
        if (checksFiles()) {
            hash = byHandle ? byHandle(path, algorithm) : byName(path, algorithm);
        } else if (facts.has("md5-hash") && algorithm == ChecksumAlgorithm.MD5) {
            hash = requests.md5(path);
        } else {
            return CompletableFuture.failedFuture(
                    new SftpException("the server tells no " + algorithm.hashName() + " of files", null, false));
        }
        return hash.thenApply(octets -> new Checksum(algorithm, HexFormat.of().formatHex(octets)));
    }

    private CompletableFuture<byte[]> byName(String path, ChecksumAlgorithm algorithm) {
        return requests.checkFile(path, algorithm.wireName())
                .handle((hash, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(hash);
                    }
                    Throwable cause = Futures.unwrap(failure);
                    if (cause instanceof SftpStatusException status
                            && status.isUnsupported()
                            && facts.has("check-file")) {
                        return byHandle(path, algorithm).thenApply(found -> {
                            // else it is the algorithm that the server does not have
                            byHandle = true;
                            return found;
                        });
                    }
                    return CompletableFuture.<byte[]>failedFuture(cause);
                })
                .thenCompose(hash -> hash);
    }

    private CompletableFuture<byte[]> byHandle(String path, ChecksumAlgorithm algorithm) {
        return requests.open(path, Set.of(OpenMode.READ), SftpAttributes.NONE)
                .thenCompose(handle -> requests.checkFile(handle, algorithm.wireName())
                        .whenComplete((hash, failure) -> {
                            var ignored = requests.close(handle);
                        }));
    }
}
