package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.kex.KeyDerivation;
import io.portolan.ssh.internal.kex.KeyPurpose;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.packet.PacketCipher;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.packet.SshMac;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a key exchange ends with: a cipher for each direction. */
record DirectionKeys(PacketCipher toServer, PacketCipher toClient) {

    static DirectionKeys derive(Negotiation negotiation, KeyDerivation derivation) throws GeneralSecurityException {
        return new DirectionKeys(
                cipher(
                        negotiation.toServer(),
                        derivation,
                        KeyPurpose.IV_TO_SERVER,
                        KeyPurpose.CIPHER_TO_SERVER,
                        KeyPurpose.MAC_TO_SERVER),
                cipher(
                        negotiation.toClient(),
                        derivation,
                        KeyPurpose.IV_TO_CLIENT,
                        KeyPurpose.CIPHER_TO_CLIENT,
                        KeyPurpose.MAC_TO_CLIENT));
    }

    private static PacketCipher cipher(
            Negotiation.Direction direction,
            KeyDerivation derivation,
            KeyPurpose ivPurpose,
            KeyPurpose keyPurpose,
            KeyPurpose macPurpose)
            throws GeneralSecurityException {
        // what was negotiated is one of our own proposal's names
        SshCipher cipher = SshCipher.named(direction.cipher()).orElseThrow();
        @Nullable
        SshMac mac =
                direction.mac().map(name -> SshMac.named(name).orElseThrow()).orElse(null);
        byte[] iv = derivation.derive(ivPurpose, cipher.ivLength());
        byte[] key = derivation.derive(keyPurpose, cipher.keyLength());
        byte[] macKey = derivation.derive(macPurpose, mac == null ? 0 : mac.keyLength());
        try {
            return cipher.create(mac, iv, key, macKey);
        } finally {
            Arrays.fill(iv, (byte) 0);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(macKey, (byte) 0);
        }
    }
}
