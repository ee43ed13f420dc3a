package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.charset.StandardCharsets;

/**
 * STATUS (draft-ietf-secsh-filexfer-13 section 9.1).
 *
 * @param code the number, a {@code uint32}
 * @param text what the server says for people, fit to be printed
 */
public record StatusReply(long code, String text) {

    /** More of a text than anybody reads is left out. */
    static final int MAX_TEXT = 1024;

    /** Reads the fields behind the id; old servers leave out the text or the language. */
    public static StatusReply read(ByteBuf fields) throws SshProtocolException {
        SshReader in = SshReader.of(fields);
        long code = in.readUint32();
        byte[] text = in.remaining() == 0 ? new byte[0] : in.readString();
        return new StatusReply(code, printable(text));
    }

    private static String printable(byte[] octets) {
        String text = new String(octets, 0, Math.min(octets.length, MAX_TEXT), StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> out.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return out.toString();
    }

    /** Whether it is this status. */
    public boolean is(SftpStatus status) {
        return code == status.code();
    }

    /** The failure that it is. */
    public SftpStatusException failure(String what) {
        return new SftpStatusException(what, (int) Math.min(code, Integer.MAX_VALUE), text);
    }
}
