package io.portolan.sftp.server.internal;

import io.portolan.sftp.server.PublicHostKey;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.ssh.internal.key.HostKeyFile;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.transport.HostKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The keys by which a server shows who it is, from wherever the settings say. */
record HostKeys(List<SshKeyPair> pairs) {

    HostKeys {
        pairs = List.copyOf(pairs);
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
        HostKeys keys = new HostKeys(pairs);
        List<String> wanted = config.algorithms().hostKeys();
        if (keys.forTransport().stream().map(HostKey::algorithm).noneMatch(wanted::contains)) {
            throw new IllegalArgumentException("hostKeyFile: none of the keys is for the algorithms " + wanted);
        }
        return keys;
    }

    List<HostKey> forTransport() {
        return pairs.stream().flatMap(pair -> HostKey.of(pair).stream()).toList();
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
