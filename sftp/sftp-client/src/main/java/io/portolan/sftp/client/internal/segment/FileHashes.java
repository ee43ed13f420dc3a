package io.portolan.sftp.client.internal.segment;

import io.portolan.sftp.client.Checksum;
import io.portolan.sftp.client.ChecksumAlgorithm;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.Verification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Compares a file here with one on the server, by the best hash that the server has. */
final class FileHashes {

    private static final int BUFFER = 1 << 16;

    /** What both sides can compute, the best first. */
    private static final List<ChecksumAlgorithm> ALGORITHMS =
            List.of(ChecksumAlgorithm.SHA256, ChecksumAlgorithm.SHA512, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.MD5);

    private FileHashes() {}

    /** Fails if they differ, or if a hash is needed and the server has none. */
    static void compare(SegmentSession session, String path, FileChannel file, Verification how) throws IOException {
        if (how != Verification.HASH && how != Verification.BEST) {
            return;
        }
        for (ChecksumAlgorithm algorithm : ALGORITHMS) {
            if (session.session().checksums().mayTell(algorithm)) {
                try {
                    Checksum theirs =
                            session.await(() -> session.session().checksums().of(path, algorithm));
                    if (!theirs.value().equals(hash(file, algorithm))) {
                        throw new SftpVerificationException(
                                path + ": its " + algorithm.hashName() + " is not that of the file here", null);
                    }
                    return;
                } catch (SftpStatusException e) {
                    if (!e.isUnsupported()) {
                        throw e;
                    }
                    // it is the algorithm that it does not have, or none at all
                }
            }
        }
        if (how == Verification.HASH) {
            throw new SftpVerificationException(path + ": the server tells no hash of it", null);
        }
    }

    private static String hash(FileChannel file, ChecksumAlgorithm algorithm) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm.hashName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        for (int read = file.read(buffer, at); read >= 0; read = file.read(buffer, at)) {
            at += read;
            digest.update(buffer.flip());
            buffer.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
