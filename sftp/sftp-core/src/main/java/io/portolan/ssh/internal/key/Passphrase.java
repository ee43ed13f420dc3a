package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an encrypted key file is opened with. */
final class Passphrase {

    /** Of one {@code char}; two of them make at most four. */
    private static final int MAX_UTF8_OCTETS = 3;

    private Passphrase() {}

    /** The passphrase of a file that is encrypted. */
    static char[] require(char @Nullable [] passphrase) throws KeyFileException {
        if (passphrase == null || passphrase.length == 0) {
            throw new KeyFileException(Problem.PASSPHRASE_NEEDED, "the key is encrypted: a passphrase is needed");
        }
        return passphrase;
    }

    /** Another one was meant; or the file is damaged, which cannot be told apart. */
    static KeyFileException wrong(@Nullable Throwable cause) {
        return new KeyFileException(
                Problem.PASSPHRASE_WRONG,
                "the key is encrypted with another passphrase, or the file is damaged",
                cause);
    }

    /** Its octets, which their taker zeroes. */
    static byte[] utf8(char[] passphrase) {
        byte[] space = new byte[passphrase.length * MAX_UTF8_OCTETS];
        ByteBuffer encoded = ByteBuffer.wrap(space);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(passphrase), encoded, true);
        byte[] octets = Arrays.copyOf(space, encoded.position());
        Arrays.fill(space, (byte) 0);
        return octets;
    }
}
