package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each algorithm that OpenSSH's sshd and we have in common, with a file moved both ways. */
final class AlgorithmTest {

    /** More than a packet. */
    private static final int OCTETS = 100_000;

    @TempDir
    private Path folder;

    private List<String> common(String kind, List<String> ours) throws Exception {
        List<String> theirs = Peer.find("ssh", folder)
                .run("-Q", kind)
                .succeeded()
                .output()
                .lines()
                .toList();
        List<String> common = ours.stream().filter(theirs::contains).toList();
        assertThat(common).isNotEmpty();
        return common;
    }

    @Test
    void eachOfThemMovesFiles() throws Exception {
        SshAlgorithms all = SshAlgorithms.compatible();
        List<String> exchanges = common("kex", all.keyExchanges());
        List<String> ciphers = common("cipher", all.ciphers());
        List<String> macs = common("mac", all.macs());
        List<String> signatures = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256");
        List<SshAlgorithms> choices = new ArrayList<>();
        int most = Collections.max(List.of(exchanges.size(), ciphers.size(), macs.size(), signatures.size()));
        for (int i = 0; i < most; i++) {
            choices.add(all.withKeyExchanges(one(exchanges, i))
                    .withCiphers(one(ciphers, i))
                    .withMacs(one(macs, i))
                    .withHostKeys(one(signatures, i)));
        }
        macs.forEach(mac -> choices.add(all.withCiphers(List.of("aes128-ctr")).withMacs(List.of(mac))));
        choices.add(all.withCompression());
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        List<Path> hosts = List.of(keys.key("host1", "ed25519"), keys.key("host2", "ecdsa"), keys.key("host3", "rsa"));
        try (SshdFixture server = SshdFixture.start(
                folder,
                hosts,
                List.of(SshKeys.publicHalf(user)),
                "KexAlgorithms " + String.join(",", exchanges),
                "Ciphers " + String.join(",", ciphers),
                "MACs " + String.join(",", macs),
                "Compression yes")) {
            StringBuilder known = new StringBuilder();
            for (Path host : hosts) {
                known.append("[127.0.0.1]:")
                        .append(server.port())
                        .append(' ')
                        .append(SshKeys.publicHalf(host))
                        .append('\n');
            }
            for (SshAlgorithms choice : choices) {
                try (SftpClient client = ServerFixture.client(server.port())
                                .user(SshdFixture.user(), user)
                                .hostKeys(HostKeys.of(known.toString()))
                                .algorithms(choice)
                                .build();
                        BlockingSftpSession session = client.connectBlocking()) {
                    movesAFile(session);
                } catch (SftpException e) {
                    throw new AssertionError(choice.toString(), e);
                }
            }
        }
    }

    private static List<String> one(List<String> names, int number) {
        return List.of(names.get(number % names.size()));
    }

    private void movesAFile(BlockingSftpSession session) throws Exception {
        byte[] content = Payload.bytes(OCTETS);
        Path file = folder.resolve("file");
        session.upload(TransferSource.fromBytes(content), file.toString(), UploadOptions.defaults());
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        ByteSink back = TransferSink.toBytes(OCTETS);
        session.download(file.toString(), back, DownloadOptions.defaults());
        assertThat(back.bytes()).isEqualTo(content);
    }
}
