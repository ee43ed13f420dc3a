package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** A FIDO device in software, which says of its user what it is told to. */
public final class SoftDevice {

    public static final int TOUCHED = 1;
    public static final int VERIFIED = 4;

    private final SshKeyPair pair;
    private final SecurityKeyPublicKey key;

    public SoftDevice(SshKeyPair pair) {
        this.pair = pair;
        this.key = SecurityKeyPublicKey.of(pair.publicKey(), "ssh:");
    }

    public SecurityKeyPublicKey key() {
        return key;
    }

    public byte[] sign(byte[] data, int flags) {
        return sign(data, flags, key.application());
    }

    public byte[] sign(byte[] data, int flags, String application) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] signed = new SshWriter()
                    .writeBytes(sha256.digest(application.getBytes(StandardCharsets.UTF_8)))
                    .writeByte(flags)
                    .writeUint32(7)
                    .writeBytes(sha256.digest(data))
                    .toByteArray();
            SshReader signature = new SshReader(pair.sign(pair.publicKey().type(), signed));
            signature.readName();
            return new SshWriter()
                    .writeString(key.type())
                    .writeString(signature.readString())
                    .writeByte(flags)
                    .writeUint32(7)
                    .toByteArray();
        } catch (GeneralSecurityException | SshProtocolException e) {
            throw new IllegalStateException(e);
        }
    }
}
