package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

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

    /** Signs what a browser makes of the data. */
    public byte[] signInBrowser(byte[] data, int flags) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(data);
        return signInBrowser(
                "{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge
                        + "\",\"origin\":\"https://ssh.example\",\"crossOrigin\":false}",
                "https://ssh.example",
                flags,
                new byte[0]);
    }

    /** Signs a text as if a browser had made it. */
    public byte[] signInBrowser(String clientData, String origin, int flags, byte[] extensions) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] text = clientData.getBytes(StandardCharsets.UTF_8);
            byte[] signed = new SshWriter()
                    .writeBytes(sha256.digest(key.application().getBytes(StandardCharsets.UTF_8)))
                    .writeByte(flags)
                    .writeUint32(7)
                    .writeBytes(extensions)
                    .writeBytes(sha256.digest(text))
                    .toByteArray();
            SshReader signature = new SshReader(pair.sign(pair.publicKey().type(), signed));
            signature.readName();
            return new SshWriter()
                    .writeString(WebAuthnSignature.ALGORITHM)
                    .writeString(signature.readString())
                    .writeByte(flags)
                    .writeUint32(7)
                    .writeString(origin)
                    .writeString(text)
                    .writeString(extensions)
                    .toByteArray();
        } catch (GeneralSecurityException | SshProtocolException e) {
            throw new IllegalStateException(e);
        }
    }
}
