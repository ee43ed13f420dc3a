package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.SshAlgorithms;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm that OpenSSH's client and we both have: each at least once, and all with all others where there is time. */
class AlgorithmMatrixTest extends SftpPeerTest {

    private final SshAlgorithms ours = SshAlgorithms.compatible();

    private record Choice(String keyExchange, String hostKey, String cipher, String mac) {}

    private Set<String> common(String kind, List<String> names) throws Exception {
        Set<String> both = new TreeSet<>(
                find("ssh").run("-Q", kind).succeeded().output().lines().toList());
        both.retainAll(names);
        // certificates need somebody who has signed them, and have tests of their own
        both.removeIf(name -> name.contains("-cert-"));
        return both;
    }

    private static KeyPair ecdsa(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private void serveWithAllKeys(Path userKey) throws Exception {
        KeyPair p256 = ecdsa("secp256r1");
        KeyPair p384 = ecdsa("secp384r1");
        KeyPair p521 = ecdsa("secp521r1");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        serve(
                Storage.MEMORY,
                settings -> settings.algorithms(ours)
                        .authenticator(holderOf(userKey))
                        .hostKey(p256)
                        .hostKey(p384)
                        .hostKey(p521)
                        .hostKey(rsa));
    }

    private void connect(Choice choice, Path key, Path batch, Path known) throws Exception {
        Peer.Outcome outcome = find("sftp")
                .run(
                        "-F",
                        "none",
                        "-oUserKnownHostsFile=" + known,
                        "-oGlobalKnownHostsFile=/dev/null",
                        "-oStrictHostKeyChecking=yes",
                        "-oIdentitiesOnly=yes",
                        "-oIdentityAgent=none",
                        "-oIdentityFile=" + key,
                        "-oPort=" + port(),
                        "-oKexAlgorithms=" + choice.keyExchange(),
                        "-oHostKeyAlgorithms=" + choice.hostKey(),
                        "-oCiphers=" + choice.cipher(),
                        "-oMACs=" + choice.mac(),
                        "-b",
                        batch.toString(),
                        USER + "@127.0.0.1");
        assertThat(outcome.exit()).as("%s: %s", choice, outcome.output()).isZero();
        assertThat(Files.mismatch(local.resolve("up"), local.resolve("down")))
                .as("%s", choice)
                .isEqualTo(-1);
    }

    /** Each at least once, or with a method of key exchange all. */
    private List<Choice> choices(@Nullable String method) throws Exception {
        List<String> methods = List.copyOf(common("kex", ours.keyExchanges()));
        List<String> keys = List.copyOf(common("HostKeyAlgorithms", ours.hostKeys()));
        List<Choice> choices = new ArrayList<>();
        for (String cipher : common("cipher", ours.ciphers())) {
            for (String mac : common("mac", ours.macs())) {
                if (method != null) {
                    keys.forEach(key -> choices.add(new Choice(method, key, cipher, mac)));
                } else {
                    int next = choices.size();
                    choices.add(
                            new Choice(methods.get(next % methods.size()), keys.get(next % keys.size()), cipher, mac));
                }
                if (!cipher.endsWith("-ctr")) {
                    // it authenticates by itself
                    break;
                }
            }
        }
        return choices;
    }

    private void connect(List<Choice> choices) throws Exception {
        Path key = userKey("ed25519");
        serveWithAllKeys(key);
        localFile("up", 100_000);
        Path batch = Files.writeString(folder.resolve("batch"), "put up\nget up down\n");
        Path known = knownHosts();
        for (Choice choice : choices) {
            connect(choice, key, batch, known);
        }
    }

    @Test
    void eachIsUnderstood() throws Exception {
        connect(choices(null));
    }

    private static List<String> methods() {
        return SshAlgorithms.compatible().keyExchanges();
    }

    @ParameterizedTest
    @MethodSource("methods")
    @Tag("long")
    void allAreUnderstoodTogether(String method) throws Exception {
        Assumptions.assumeTrue(common("kex", List.of(method)).contains(method), "OpenSSH's client lacks it");
        connect(choices(method));
    }
}
