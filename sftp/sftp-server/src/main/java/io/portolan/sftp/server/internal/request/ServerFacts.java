package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.attributes.AttributeFlags;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What VERSION tells besides the extended requests (draft-ietf-secsh-filexfer-13 sections 5.4 to 5.6, -05 section 4.5). Clients of version 3 hear only of the versions and
 * the vendor: the rest means nothing to them.
 */
final class ServerFacts {

    /** How lines end in text mode, which is how they are stored. */
    private static final String NEWLINE = "\n";

    /** What is told of a file; a client may set the same, but for the number of links. */
    private static final long ATTRIBUTES = AttributeFlags.SIZE
            | AttributeFlags.PERMISSIONS
            | AttributeFlags.ACCESS_TIME
            | AttributeFlags.CREATE_TIME
            | AttributeFlags.MODIFY_TIME
            | AttributeFlags.OWNER_GROUP
            | AttributeFlags.SUBSECOND_TIMES;

    private static final long ATTRIBUTES_OF_6 = ATTRIBUTES | AttributeFlags.LINK_COUNT;
    private static final long NO_BITS = 0;

    /** Bit n stands for the combination n of read, write, delete, advisory; no lock at all, and advisory ones without delete. */
    private static final int LOCKS_OF_OPEN = 1 | 1 << 9 | 1 << 10 | 1 << 11;

    private static final int LOCKS_OF_BLOCK = 1 << 9 | 1 << 10 | 1 << 11;

    private ServerFacts() {}

    static void tell(SshWriter version, long offered, Extensions extensions, SftpServices services) {
        pair(version, "versions", new SshWriter().writeBytes(ascii(Versions.LIST)));
        pair(
                version,
                "vendor-id",
                new SshWriter()
                        .writeString("Portolan")
                        .writeString("Portolan")
                        .writeString("")
                        .writeUint64(0));
        if (offered > 3) {
            List<String> names = extensions.names(services);
            pair(version, "newline", new SshWriter().writeBytes(ascii(NEWLINE)));
            pair(version, "filename-charset", new SshWriter().writeBytes(ascii("UTF-8")));
            pair(version, "acl-supported", new SshWriter().writeUint32(0));
            pair(version, "supported", supported(names));
            pair(version, "supported2", supported2(names));
        }
    }

    private static SshWriter supported(List<String> names) {
        SshWriter out = new SshWriter()
                .writeUint32(ATTRIBUTES)
                .writeUint32(NO_BITS)
                .writeUint32(OpenFlags.SUPPORTED_BY_5)
                .writeUint32(OpenFlags.KNOWN_ACCESS)
                .writeUint32(SftpLimits.MAX_DATA);
        names.forEach(out::writeString);
        return out;
    }

    private static SshWriter supported2(List<String> names) {
        SshWriter out = new SshWriter()
                .writeUint32(ATTRIBUTES_OF_6)
                .writeUint32(NO_BITS)
                .writeUint32(OpenFlags.SUPPORTED_BY_6)
                .writeUint32(OpenFlags.KNOWN_ACCESS)
                .writeUint32(SftpLimits.MAX_DATA);
        uint16(out, LOCKS_OF_OPEN);
        uint16(out, LOCKS_OF_BLOCK);
        out.writeUint32(0);
        out.writeUint32(names.size());
        names.forEach(out::writeString);
        return out;
    }

    private static void uint16(SshWriter out, int value) {
        out.writeByte(value >>> 8).writeByte(value);
    }

    private static void pair(SshWriter version, String name, SshWriter data) {
        version.writeString(name).writeString(data.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
