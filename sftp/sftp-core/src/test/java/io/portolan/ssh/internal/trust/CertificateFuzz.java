package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Certificates of users and hosts, and what they ask for. */
public final class CertificateFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (SshKeyPair pair : TestKeys.ALL) {
            seeds.add(new TestCertificate(pair.publicKey())
                    .critical("force-command", "internal-sftp")
                    .critical("source-address", "192.0.2.0/24,2001:db8::/32")
                    .extension("permit-pty")
                    .blob());
        }
        Stream.of("user-ed25519-cert.pub", "user-ecdsa-cert.pub", "user-rsa-cert.pub")
                .map(name -> TrustVectors.blob(TrustVectors.line(name)))
                .forEach(seeds::add);
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        try {
            SshCertificate certificate = SshCertificate.decode(input);
            assertThat(certificate.blob()).isEqualTo(input);
            CertificateTerms.of(certificate, InetAddress.getLoopbackAddress(), Instant.EPOCH);
        } catch (SshProtocolException | TrustException expected) {
            // refused
        }
    }
}
