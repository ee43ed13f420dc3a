package io.portolan.sftp.client.internal.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secrets on their way to the wire. */
final class ClientSecrets {

    /** Of one {@code char}; two of them make at most four. */
    private static final int MAX_UTF8_OCTETS = 3;

    private ClientSecrets() {}

    /** A secret's octets, which their taker overwrites; the characters are overwritten here. */
    static byte[] utf8(char[] secret) {
        byte[] room = new byte[secret.length * MAX_UTF8_OCTETS];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(secret), encoded, true);
        byte[] octets = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        Arrays.fill(secret, '\0');
        return octets;
    }
}
