package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code webauthn-sk-ecdsa-sha2-nistp256@openssh.com}: the signature of a FIDO device that was asked by a browser or an operating system (OpenSSH's PROTOCOL.u2f, W3C's Web
 * Authentication section 5.8.1). The device signs the digest of a JSON text that quotes the data. The text has one form only, so that it is compared and not parsed.
 *
 * <p>For which site it may sign the device knows by the key's application; the origin that the text names is what the browser says of itself, and nothing is decided by it.
 *
 * @param octets the ECDSA signature
 * @param flags what the device has done
 * @param counter how often it has signed
 * @param clientData the JSON text
 * @param extensions what the device adds
 */
@SuppressWarnings("ArrayRecordComponent") // internal, never changed, never compared
public record WebAuthnSignature(byte[] octets, int flags, long counter, byte[] clientData, byte[] extensions) {

    /** The algorithm, which is none of keys: its keys are {@link #KEY_TYPE}. */
    public static final String ALGORITHM = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com";

    /** The type of the keys that sign so. */
    public static final String KEY_TYPE = "sk-ecdsa-sha2-nistp256@openssh.com";

    /** The name of a host with its scheme and port, and room to spare. */
    private static final int MAX_ORIGIN_OCTETS = 1024;

    /** New credentials are told of with it, and no signature for a login has that. */
    private static final int ATTESTED = 0x40;

    private static final int EXTENDED = 0x80;

    /**
     * Reads what follows the algorithm's name.
     *
     * @param data what should be signed
     * @return the signature, if its text is about the data
     */
    static Optional<WebAuthnSignature> read(SshReader reader, byte[] data) throws SshProtocolException {
        byte[] octets = reader.readString();
        int flags = reader.readByte();
        long counter = reader.readUint32();
        String origin = reader.readUtf8(MAX_ORIGIN_OCTETS);
        byte[] clientData = reader.readString();
        byte[] extensions = reader.readString();
        reader.expectEnd();
        boolean good = origin.indexOf('"') < 0
                && (flags & ATTESTED) == 0
                && ((flags & EXTENDED) != 0) == (extensions.length > 0)
                && beginsWith(clientData, expected(data, origin));
        return good
                ? Optional.of(new WebAuthnSignature(octets, flags, counter, clientData, extensions))
                : Optional.empty();
    }

    private static byte[] expected(byte[] data, String origin) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(data);
        return ("{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean beginsWith(byte[] text, byte[] beginning) {
        return text.length >= beginning.length
                && Arrays.equals(text, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** What the device has signed, for an application. */
    byte[] signedFor(String application) {
        return new SshWriter()
                .writeBytes(SecurityKeyPublicKey.sha256(application.getBytes(StandardCharsets.UTF_8)))
                .writeByte(flags)
                .writeUint32(counter)
                .writeBytes(extensions)
                .writeBytes(SecurityKeyPublicKey.sha256(clientData))
                .toByteArray();
    }
}
