package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.key.HostCertificate;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.key.TestCertificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that shows a certificate of its key to those who take it, and the key to others. */
final class HostCertificateExchangeTest {

    private static final SshKeyPair RSA = SshKeyPair.generateRsa(2048, SshPair.RANDOM);

    /** A client that notes what it has been shown. */
    private static final class Judge implements HostKeyVerifier {
        final List<String> algorithms = new ArrayList<>();
        final List<SshCertificate> certificates = new ArrayList<>();
        private final boolean takesCertificates;

        Judge(boolean takesCertificates) {
            this.takesCertificates = takesCertificates;
        }

        @Override
        public void verify(String algorithm, SshPublicKey key) {
            algorithms.add(algorithm);
        }

        @Override
        public boolean takesCertificates() {
            return takesCertificates;
        }

        @Override
        public void verifyCertificate(String algorithm, SshCertificate certificate) throws IOException {
            if (certificate.principals().contains("another")) {
                throw new IOException("another host");
            }
            algorithms.add(algorithm);
            certificates.add(certificate);
        }
    }

    private static TransportSettings settings(SshAlgorithms algorithms) {
        return TransportSettings.of(algorithms, RekeyLimits.STANDARD, List.of("ssh-ed25519"));
    }

    private static SshPair.End server(SshKeyPair pair, String name) throws Exception {
        SshCertificate certificate = SshCertificate.decode(
                new TestCertificate(pair.publicKey()).kind(2).principals(name).blob());
        List<HostKey> keys = Stream.concat(
                        HostKey.of(pair).stream(), HostKey.of(new HostCertificate(pair, certificate)).stream())
                .toList();
        return new SshPair.End(new TransportRole.Server(keys), settings(SshAlgorithms.modern()));
    }

    private static SshPair.End client(HostKeyVerifier verifier, SshAlgorithms algorithms) {
        return new SshPair.End(new TransportRole.Client(verifier), settings(algorithms));
    }

    private static void run(SshPair.End client, SshPair.End server) {
        boolean moved = true;
        while (moved) {
            moved = client.deliverTo(server);
            moved |= server.deliverTo(client);
        }
    }

    @Test
    void whoTakesCertificatesIsShownOne() throws Exception {
        Judge judge = new Judge(true);
        try (SshPair.End server = server(SshPair.HOST_KEY, "host");
                SshPair.End client = client(judge, SshAlgorithms.modern())) {
            run(client, server);
            assertThat(client.isReady()).isTrue();
            assertThat(judge.algorithms).containsExactly("ssh-ed25519-cert-v01@openssh.com");
            assertThat(judge.certificates.get(0).key()).isEqualTo(SshPair.HOST_KEY.publicKey());
            assertThat(SshCertificate.isCertificate(
                            SshCertificate.typeOf(client.transport().hostKey())))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com"})
    void anRsaKeyIsCertifiedForBothOfItsSignatures(String algorithm) throws Exception {
        Judge judge = new Judge(true);
        try (SshPair.End server = server(RSA, "host");
                SshPair.End client = client(judge, SshAlgorithms.modern().withHostKeys(List.of(algorithm)))) {
            run(client, server);
            assertThat(client.isReady()).isTrue();
            assertThat(judge.algorithms).containsExactly(algorithm);
        }
    }

    @Test
    void whoTakesNoneIsShownTheKey() throws Exception {
        Judge judge = new Judge(false);
        try (SshPair.End server = server(SshPair.HOST_KEY, "host");
                SshPair.End client = client(judge, SshAlgorithms.modern())) {
            run(client, server);
            assertThat(client.isReady()).isTrue();
            assertThat(judge.algorithms).containsExactly("ssh-ed25519");
        }
    }

    @Test
    void aHostWhoseCertificateIsNotTrustedIsLeft() throws Exception {
        try (SshPair.End server = server(SshPair.HOST_KEY, "another");
                SshPair.End client = client(new Judge(true), SshAlgorithms.modern())) {
            run(client, server);
            assertThat(client.isReady()).isFalse();
            assertThat(client.failure()).hasMessage("another host");
        }
    }
}
