package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.util.List;

/** Lists of revoked keys, as ssh-keygen makes them. */
public final class RevocationListFuzz implements FuzzTarget {

    private static final byte[] CERTIFICATE = new TestCertificate(TestKeys.ED25519.publicKey()).blob();

    @Override
    public List<byte[]> seeds() {
        return List.of(TrustVectors.file("certs.krl"), TrustVectors.file("keys.krl"));
    }

    @Override
    public void take(byte[] input) throws SshProtocolException {
        SshCertificate certificate = SshCertificate.decode(CERTIFICATE);
        try {
            RevocationList list = RevocationList.decode(input);
            list.isRevoked(TestKeys.P256.publicKey());
            list.isRevoked(certificate);
        } catch (SshProtocolException expected) {
            // refused
        }
    }
}
