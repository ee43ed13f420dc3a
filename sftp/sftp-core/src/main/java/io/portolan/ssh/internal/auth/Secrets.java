package io.portolan.ssh.internal.auth;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Passwords and answers on their way from the wire, of which no copy is left behind. */
final class Secrets {

    /** OpenSSH's limit; without one a hash of megabytes is computed for whoever likes that. */
    static final int MAX_OCTETS = 1024;

    private Secrets() {}

    /** A string of text in UTF-8, as characters that the caller overwrites. */
    static char[] read(SshReader reader) throws SshProtocolException {
        byte[] octets = reader.readString(MAX_OCTETS);
        char[] room = new char[octets.length];
        try {
            CharBuffer characters = CharBuffer.wrap(room);
            boolean underflow = !StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets), characters, true)
                    .isError();
            if (!underflow) {
                throw new CharacterCodingException();
            }
            return Arrays.copyOf(room, characters.position());
        } catch (CharacterCodingException e) {
            throw SshProtocolException.malformed("a secret that is not UTF-8");
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(room, '\0');
        }
    }
}
