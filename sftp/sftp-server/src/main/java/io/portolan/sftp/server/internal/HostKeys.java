package io.portolan.sftp.server.internal;

import io.portolan.sftp.server.PublicHostKey;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.ssh.internal.key.HostCertificate;
import io.portolan.ssh.internal.key.HostKeyFile;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.transport.HostKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys by which a server shows who it is, from wherever the settings say. */
record HostKeys(List<SshKeyPair> pairs, List<HostCertificate> certificates) {

    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    HostKeys {
        pairs = List.copyOf(pairs);
        certificates = List.copyOf(certificates);
    }

    /** Reads the files, and makes those that are not there. Blocks. */
    static HostKeys of(SftpServerConfig config, SecureRandom random) throws IOException {
        List<SshKeyPair> pairs = new ArrayList<>();
        for (Path file : config.hostKeyFiles()) {
            try {
                pairs.add(HostKeyFile.loadOrGenerate(file, random));
            } catch (IOException e) {
                throw new IOException("hostKeyFile: " + file + ": " + e.getMessage(), e);
            }
        }
        for (KeyPair given : config.hostKeys()) {
            try {
                pairs.add(SshKeyPair.of(given));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("hostKey: " + e.getMessage(), e);
            }
        }
        HostKeys keys = new HostKeys(pairs, certificates(config.hostCertificateFiles(), pairs));
        List<String> wanted = config.algorithms().hostKeys();
        if (keys.forTransport().stream().map(HostKey::algorithm).noneMatch(wanted::contains)) {
            throw new IllegalArgumentException("hostKeyFile: none of the keys is for the algorithms " + wanted);
        }
        return keys;
    }

    /** One that is not in force is left out: clients that know the key itself go on, as they would not if the server did not start. */
    private static List<HostCertificate> certificates(List<Path> files, List<SshKeyPair> pairs) throws IOException {
        List<HostCertificate> certificates = new ArrayList<>();
        for (Path file : files) {
            try {
                HostCertificate certified = HostCertificate.load(file, pairs);
                if (certified.certificate().isValidAt(Instant.now())) {
                    certificates.add(certified);
                } else {
                    LOG.warn("The host certificate {} is not in force; the server goes on without it", file);
                }
            } catch (IOException e) {
                throw new IOException("hostCertificateFile: " + file + ": " + e.getMessage(), e);
            }
        }
        return certificates;
    }

    List<HostKey> forTransport() {
        return Stream.concat(
                        certificates.stream().flatMap(certified -> HostKey.of(certified).stream()),
                        pairs.stream().flatMap(pair -> HostKey.of(pair).stream()))
                .toList();
    }

    List<PublicHostKey> published() {
        return pairs.stream().map(pair -> published(pair.publicKey())).toList();
    }

    private static PublicHostKey published(SshPublicKey key) {
        return new PublicHostKey(
                key.type(),
                key.fingerprint(),
                key.type() + " " + Base64.getEncoder().encodeToString(key.blob()));
    }
}
