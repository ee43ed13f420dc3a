package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.server.PublicHostKey;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How OpenSSH's client comes to know the server: by a CA, or by the server's telling its keys. */
class OpenSshHostKeyTest extends SftpPeerTest {

    private Peer.Outcome list(Path knownHosts, String... more) throws Exception {
        Path batch = Files.writeString(folder.resolve("batch"), "ls\n");
        List<String> arguments = new ArrayList<>(List.of(
                "-F",
                "none",
                "-oUserKnownHostsFile=" + knownHosts,
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oNumberOfPasswordPrompts=1",
                "-oIdentitiesOnly=yes",
                "-oIdentityAgent=none",
                "-oBatchMode=no",
                "-oPort=" + port()));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-b", batch.toString(), USER + "@127.0.0.1"));
        return find("sftp").with(askPass(PASSWORD)).run(arguments.toArray(String[]::new));
    }

    /** A line of known_hosts for the server, with a marker or without. */
    private Path knownHosts(String marker, String key) throws Exception {
        return Files.writeString(
                folder.resolve("known"), (marker + " [127.0.0.1]:" + port() + " " + key + "\n").strip() + "\n");
    }

    private static String publicKey(Path privateKey) throws Exception {
        return Files.readString(Path.of(privateKey + ".pub")).strip();
    }

    private Path certificate(Path ca, Path hostKey, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-q", "-s", ca.toString(), "-h", "-I", "a host", "-n", "127.0.0.1"));
        arguments.addAll(List.of(options));
        arguments.add(hostKey + ".pub");
        find("ssh-keygen").run(arguments.toArray(String[]::new)).succeeded();
        return Path.of(hostKey + "-cert.pub");
    }

    private Path key(String type, String name) throws Exception {
        Path file = folder.resolve(name);
        find("ssh-keygen")
                .run("-q", "-t", type, "-N", "", "-f", file.toString())
                .succeeded();
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void whoTrustsTheCaTrustsTheServer(String type) throws Exception {
        Path ca = key("ed25519", "ca");
        Path hostKey = key(type, "host_key");
        Path certificate = certificate(ca, hostKey);
        serve(Storage.MEMORY, settings -> settings.hostKeyFile(hostKey).hostCertificateFile(certificate));
        list(knownHosts("@cert-authority", publicKey(ca))).succeeded();
        // nothing but the certificate made it so
        list(knownHosts("@cert-authority", publicKey(key("ed25519", "other_ca"))))
                .failed();
        list(knownHosts("", publicKey(hostKey))).succeeded();
    }

    @Test
    void aCertificateThatIsOverIsLeftOut() throws Exception {
        Path ca = key("ed25519", "ca");
        Path hostKey = key("ecdsa", "host_key");
        Path certificate = certificate(ca, hostKey, "-V", "20200101:20200102");
        serve(Storage.MEMORY, settings -> settings.hostKeyFile(hostKey).hostCertificateFile(certificate));
        list(knownHosts("", publicKey(hostKey))).succeeded();
        list(knownHosts("@cert-authority", publicKey(ca))).failed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "rsa"})
    void newKeysOfTheServerBecomeKnown(String type) throws Exception {
        Path hostKey = key(type, "host_key");
        serve(Storage.MEMORY, settings -> settings.hostKeyFile(hostKey));
        String old = server.server().hostKeys().stream()
                .map(PublicHostKey::openSsh)
                .filter(line -> line.startsWith("ssh-ed25519"))
                .findFirst()
                .orElseThrow();
        Path known = knownHosts("", old);
        String added = publicKey(hostKey).split(" ", -1)[1];
        // the proof may come when the client is gone already
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            list(known, "-oUpdateHostKeys=yes").succeeded();
            return Files.readString(known).contains(added);
        });
        assertThat(Files.readString(known)).contains(old.split(" ", -1)[1]);
        list(known, "-oHostKeyAlgorithms=" + (type.equals("rsa") ? "rsa-sha2-256" : "ecdsa-sha2-nistp256"))
                .succeeded();
    }

    @Test
    void aKeyExchangeWithRsaIsFollowedByAProofWithTheSameSignature() throws Exception {
        Path rsa = key("rsa", "host_key");
        Path second = key("rsa", "second_key");
        serve(Storage.MEMORY, settings -> settings.hostKeyFile(rsa).hostKeyFile(second));
        Path known = knownHosts("", publicKey(rsa));
        String added = publicKey(second).split(" ", -1)[1];
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            list(known, "-oUpdateHostKeys=yes", "-oHostKeyAlgorithms=rsa-sha2-256")
                    .succeeded();
            return Files.readString(known).contains(added);
        });
        assertThat(Files.readString(known)).contains(publicKey(rsa).split(" ", -1)[1]);
    }
}
