package io.portolan.sftp.internal.attributes;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a NAME message, as a client reads it. The name is what the server has sent, whatever that is: whoever makes a path of it checks it before. The line that
 * version 3 has besides is not for programs and is left out.
 */
public final class NameEntry {

    /** The longest name or line, in octets: a path of Linux, which is what REALPATH gives, and a line around it. */
    static final int MAX_OCTETS = 8192;

    private static final int SMALLEST_OF_VERSION_3 = 3 * Integer.BYTES;
    private static final int SMALLEST = 2 * Integer.BYTES + 1;

    private final byte[] name;
    private final SftpAttributes attributes;

    private NameEntry(byte[] name, SftpAttributes attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    /** The name's octets; in UTF-8 from version 4 on. */
    public byte[] name() {
        return name.clone();
    }

    public SftpAttributes attributes() {
        return attributes;
    }

    /**
     * Reads the entries with their number before them.
     *
     * @throws SshProtocolException if there are more than there are octets for, or one is malformed or too long
     */
    public static List<NameEntry> readAll(SshReader in, int version) throws SshProtocolException {
        long count = in.readUint32();
        if (count > in.remaining() / (version == 3 ? SMALLEST_OF_VERSION_3 : SMALLEST)) {
            throw SshProtocolException.malformed(count + " names in " + in.remaining() + " octets");
        }
        List<NameEntry> result = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            byte[] name = in.readString(MAX_OCTETS);
            if (version == 3) {
                in.readString(MAX_OCTETS);
            }
            result.add(new NameEntry(name, AttributeCodec.read(in, version)));
        }
        return result;
    }
}
