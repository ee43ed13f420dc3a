package io.portolan.sftp.client.testing;

import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.transport.HostKey;
import java.security.KeyPair;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A server's key that becomes another, so that a later key exchange shows, and is signed by, one that the first did not. */
public final class TurnableHostKey {

    private static final String TYPE = "ssh-ed25519";

    private final SshKeyPair first;
    private final SshKeyPair second;
    private final KeyPair secondOfJdk;
    private final Held held;
    private final HostKey shown;

    /** The JDK asks for the octets each time that it signs. */
    private static final class Held implements EdECPrivateKey {
        private static final long serialVersionUID = 1L;

        private volatile EdECPrivateKey now;

        Held(KeyPair pair) {
            now = (EdECPrivateKey) pair.getPrivate();
        }

        @Override
        public Optional<byte[]> getBytes() {
            return now.getBytes();
        }

        @Override
        public NamedParameterSpec getParams() {
            return now.getParams();
        }

        @Override
        public String getAlgorithm() {
            return now.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return now.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return now.getEncoded();
        }
    }

    public TurnableHostKey() {
        KeyPair firstOfJdk = ServerFixture.newKey();
        secondOfJdk = ServerFixture.newKey();
        held = new Held(firstOfJdk);
        first = SshKeyPair.of(new KeyPair(firstOfJdk.getPublic(), held));
        second = SshKeyPair.of(secondOfJdk);
        shown = new HostKey(TYPE, first.publicKey().blob().clone(), TYPE, first);
    }

    HostKey shown() {
        return shown;
    }

    SshKeyPair pair() {
        return first;
    }

    /** From now on it is the second. */
    public void turn() {
        byte[] blob = second.publicKey().blob();
        System.arraycopy(blob, 0, shown.blob(), 0, blob.length);
        held.now = (EdECPrivateKey) secondOfJdk.getPrivate();
    }

    /** The first, as known_hosts has it behind the host's name. */
    public String firstLine() {
        return line(first);
    }

    /** The second, likewise. */
    public String secondLine() {
        return line(second);
    }

    public String secondFingerprint() {
        return second.publicKey().fingerprint();
    }

    private static String line(SshKeyPair key) {
        return TYPE + " " + Base64.getEncoder().encodeToString(key.publicKey().blob());
    }
}
