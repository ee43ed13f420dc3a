package io.portolan.sftp.internal.attributes;

import io.portolan.core.internal.listing.OctetWriter;
import io.portolan.core.internal.listing.UnixListFormat;
import io.portolan.fs.FileInfo;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes the entries of a NAME message: in version 3 (draft-ietf-secsh-filexfer-02 section 7) a name, the line that {@code ls -l} has for it, which the clients of
 * OpenSSH and PuTTY print, and attributes; later (-13 section 9.4) only name and attributes. Not for several threads at a time.
 */
public final class NameWriter {

    private final int version;
    private final UnixListFormat format;
    private final OctetWriter line = new OctetWriter();

    /**
     * Makes a writer for a reply or a listing.
     *
     * @param version of the protocol, 3 to 6
     * @param now from when on the lines tell the year instead of the time
     */
    public NameWriter(int version, Instant now) {
        this.version = version;
        this.format = UnixListFormat.ofLongNames(now);
    }

    /** An entry of a listing. */
    public void entry(SshWriter out, String name, FileInfo info) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        out.writeString(octets);
        if (version == 3) {
            // A name with a control character, which no file system of ours gives, has no line: it could forge another.
            out.writeString(format.writeLongName(name, info, line) ? line.drain() : new byte[0]);
        }
        AttributeCodec.write(out, FileInfoMapping.attributes(info), version);
    }

    /** A path alone, as REALPATH and READLINK tell one. */
    public void path(SshWriter out, String path) {
        path(out, path, SftpAttributes.NONE);
    }

    /** A path with what is known of it, as REALPATH of version 6 may ask for. */
    public void path(SshWriter out, String path, SftpAttributes attributes) {
        byte[] octets = path.getBytes(StandardCharsets.UTF_8);
        out.writeString(octets);
        if (version == 3) {
            out.writeString(printable(octets));
        }
        AttributeCodec.write(out, attributes, version);
    }

    /** The target of a link is any text; as a line to be printed it must not steer a terminal. */
    private static byte[] printable(byte[] octets) {
        byte[] result = octets.clone();
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= 0 && result[i] < ' ' || result[i] == 0x7f) {
                result[i] = '?';
            }
        }
        return result;
    }
}
