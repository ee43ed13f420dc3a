package io.portolan.sftp.internal.attributes;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes ATTRS (draft-ietf-secsh-filexfer-02 section 5, -04 section 5, -05 section 5, -13 section 7). Whether something may follow behind them is
 * the caller's to know.
 */
public final class AttributeCodec {

    /** The longest name of an owner or group, in octets: room for a user, an at-sign and a DNS domain of 255. */
    static final int MAX_PRINCIPAL = 512;

    /** The longest access control list in octets: what Windows allows for one. */
    static final int MAX_ACL = 64 * 1024;

    /** The longest media type: RFC 6838 section 4.2 has 127 for each half, and some room for parameters. */
    static final int MAX_MIME_TYPE = 512;

    /** The longest name before it was turned into UTF-8: a path of Linux. */
    static final int MAX_UNTRANSLATED_NAME = 4096;

    /** How many extended attributes are read: no peer is known to send more than a few. */
    static final int MAX_EXTENDED = 64;

    /** The longest name of an extended attribute: that of an extension, and a DNS domain. */
    static final int MAX_EXTENDED_NAME = 512;

    /** The longest value of an extended attribute: that of Linux's extended attributes. */
    static final int MAX_EXTENDED_VALUE = 64 * 1024;

    private static final long UINT32 = 0xffff_ffffL;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private AttributeCodec() {}

    /**
     * Reads attributes.
     *
     * @throws SshProtocolException if they are not whole, beyond the limits, or have a flag that the version does not have: nobody knows how long its field would
     *     be. Version 3 ignores such flags, as OpenSSH does
     */
    public static SftpAttributes read(SshReader in, int version) throws SshProtocolException {
        long flags = in.readUint32();
        if (version >= 4) {
            long unknown = flags & ~AttributeFlags.of(version);
            if (unknown != 0) {
                throw SshProtocolException.malformed(
                        "attributes with flags 0x" + Long.toHexString(unknown) + " that version " + version + " lacks");
            }
        }
        SftpAttributes.Builder out = SftpAttributes.builder();
        if (version == 3) {
            readVersion3(in, flags, out);
        } else {
            readLater(in, flags, version, out);
        }
        if (has(flags, AttributeFlags.EXTENDED)) {
            out.extended(readExtended(in));
        }
        return out.build();
    }

    private static void readVersion3(SshReader in, long flags, SftpAttributes.Builder out) throws SshProtocolException {
        if (has(flags, AttributeFlags.SIZE)) {
            out.size(readSize(in));
        }
        if (has(flags, AttributeFlags.UID_GID)) {
            long user = in.readUint32();
            out.ids(user, in.readUint32());
        }
        if (has(flags, AttributeFlags.PERMISSIONS)) {
            long mode = in.readUint32();
            out.type(SftpFileType.ofMode(mode)).permissions((int) mode);
        }
        if (has(flags, AttributeFlags.ACCESS_TIME)) {
            out.accessed(Instant.ofEpochSecond(in.readUint32()));
            out.modified(Instant.ofEpochSecond(in.readUint32()));
        }
    }

    private static void readLater(SshReader in, long flags, int version, SftpAttributes.Builder out)
            throws SshProtocolException {
        out.type(SftpFileType.ofCode(in.readByte()));
        if (has(flags, AttributeFlags.SIZE)) {
            out.size(readSize(in));
        }
        if (has(flags, AttributeFlags.ALLOCATION_SIZE)) {
            out.allocationSize(readSize(in));
        }
        if (has(flags, AttributeFlags.OWNER_GROUP)) {
            String owner = in.readUtf8(MAX_PRINCIPAL);
            out.ownership(owner, in.readUtf8(MAX_PRINCIPAL));
        }
        if (has(flags, AttributeFlags.PERMISSIONS)) {
            out.permissions((int) in.readUint32());
        }
        boolean nanos = has(flags, AttributeFlags.SUBSECOND_TIMES);
        if (has(flags, AttributeFlags.ACCESS_TIME)) {
            out.accessed(readTime(in, nanos));
        }
        if (has(flags, AttributeFlags.CREATE_TIME)) {
            out.created(readTime(in, nanos));
        }
        if (has(flags, AttributeFlags.MODIFY_TIME)) {
            out.modified(readTime(in, nanos));
        }
        if (has(flags, AttributeFlags.CHANGE_TIME)) {
            out.changed(readTime(in, nanos));
        }
        if (has(flags, AttributeFlags.ACL)) {
            byte[] acl = in.readString(MAX_ACL);
            AccessControlLists.check(acl, version);
            out.acl(acl);
        }
        if (has(flags, AttributeFlags.BITS)) {
            long bits = in.readUint32();
            out.bits(bits, version == 5 ? AttributeBits.VERSION_5 : in.readUint32());
        }
        if (has(flags, AttributeFlags.TEXT_HINT)) {
            out.textHint(in.readByte());
        }
        if (has(flags, AttributeFlags.MIME_TYPE)) {
            out.mimeType(in.readUtf8(MAX_MIME_TYPE));
        }
        if (has(flags, AttributeFlags.LINK_COUNT)) {
            out.linkCount(in.readUint32());
        }
        if (has(flags, AttributeFlags.UNTRANSLATED_NAME)) {
            out.untranslatedName(in.readString(MAX_UNTRANSLATED_NAME));
        }
    }

    private static long readSize(SshReader in) throws SshProtocolException {
        long size = in.readUint64();
        if (size < 0) {
            throw SshProtocolException.malformed("a size of 2^63 octets or more");
        }
        return size;
    }

    private static Instant readTime(SshReader in, boolean nanos) throws SshProtocolException {
        long seconds = in.readUint64();
        long fraction = nanos ? in.readUint32() : 0;
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw SshProtocolException.malformed("a time of " + seconds + " seconds");
        }
        if (fraction >= NANOS_PER_SECOND) {
            throw SshProtocolException.malformed("a second of " + fraction + " nanoseconds");
        }
        return Instant.ofEpochSecond(seconds, fraction);
    }

    private static List<ExtendedAttribute> readExtended(SshReader in) throws SshProtocolException {
        long count = in.readUint32();
        if (count > MAX_EXTENDED) {
            throw SshProtocolException.malformed(count + " extended attributes; at most " + MAX_EXTENDED);
        }
        List<ExtendedAttribute> result = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String name = in.readUtf8(MAX_EXTENDED_NAME);
            result.add(new ExtendedAttribute(name, in.readString(MAX_EXTENDED_VALUE)));
        }
        return result;
    }

    /** Writes what a version has a field for, and leaves out the rest. */
    public static void write(SshWriter out, SftpAttributes attributes, int version) {
        if (version == 3) {
            writeVersion3(out, attributes);
        } else {
            writeLater(out, attributes, version);
        }
    }

    private static void writeVersion3(SshWriter out, SftpAttributes attributes) {
        long userId = attributes.userId().orElseGet(() -> Principals.number(attributes.owner()));
        long groupId = attributes.groupId().orElseGet(() -> Principals.number(attributes.group()));
        boolean ids = userId >= 0 && groupId >= 0;
        Instant modified =
                attributes.modified().orElseGet(() -> attributes.accessed().orElse(null));
        long flags = flag(attributes.size().isPresent(), AttributeFlags.SIZE)
                | flag(ids, AttributeFlags.UID_GID)
                | flag(attributes.permissions().isPresent(), AttributeFlags.PERMISSIONS)
                | flag(modified != null, AttributeFlags.ACCESS_TIME)
                | flag(!attributes.extended().isEmpty(), AttributeFlags.EXTENDED);
        out.writeUint32(flags);
        attributes.size().ifPresent(out::writeUint64);
        if (ids) {
            out.writeUint32(userId).writeUint32(groupId);
        }
        if (attributes.permissions().isPresent()) {
            out.writeUint32(
                    attributes.type().modeBits() | attributes.permissions().getAsInt());
        }
        if (modified != null) {
            // The two come together in this version; a store that knows one only has told the nearest there is.
            writeSeconds(out, attributes.accessed().orElse(modified));
            writeSeconds(out, modified);
        }
        writeExtended(out, attributes.extended());
    }

    /** A time as a {@code uint32}; one before 1970 or after 2106 is the nearest that there is. */
    private static void writeSeconds(SshWriter out, Instant time) {
        out.writeUint32(Math.max(0, Math.min(time.getEpochSecond(), UINT32)));
    }

    private static void writeLater(SshWriter out, SftpAttributes attributes, int version) {
        String owner = Principals.name(attributes.owner(), attributes.userId());
        String group = Principals.name(attributes.group(), attributes.groupId());
        boolean principals = owner != null && group != null;
        long flags = flagsOf(attributes, principals) & AttributeFlags.of(version);
        flags |= flag(hasFraction(attributes, version), AttributeFlags.SUBSECOND_TIMES);
        out.writeUint32(flags);
        out.writeByte(attributes.type().code(version));
        attributes.size().ifPresent(out::writeUint64);
        if (has(flags, AttributeFlags.ALLOCATION_SIZE)) {
            out.writeUint64(attributes.allocationSize().orElseThrow());
        }
        if (owner != null && group != null) {
            out.writeString(owner).writeString(group);
        }
        attributes.permissions().ifPresent(out::writeUint32);
        boolean nanos = has(flags, AttributeFlags.SUBSECOND_TIMES);
        writeTime(out, attributes.accessed().orElse(null), nanos);
        writeTime(out, attributes.created().orElse(null), nanos);
        writeTime(out, attributes.modified().orElse(null), nanos);
        if (has(flags, AttributeFlags.CHANGE_TIME)) {
            writeTime(out, attributes.changed().orElse(null), nanos);
        }
        attributes.acl().ifPresent(out::writeString);
        if (has(flags, AttributeFlags.BITS)) {
            out.writeUint32(attributes.bits().orElse(0));
            if (version >= 6) {
                out.writeUint32(attributes.validBits().orElse(0));
            }
        }
        if (version >= 6) {
            attributes.textHint().ifPresent(out::writeByte);
            attributes.mimeType().ifPresent(out::writeString);
            attributes.linkCount().ifPresent(out::writeUint32);
            attributes.untranslatedName().ifPresent(out::writeString);
        }
        writeExtended(out, attributes.extended());
    }

    private static long flagsOf(SftpAttributes attributes, boolean principals) {
        return flag(attributes.size().isPresent(), AttributeFlags.SIZE)
                | flag(attributes.allocationSize().isPresent(), AttributeFlags.ALLOCATION_SIZE)
                | flag(principals, AttributeFlags.OWNER_GROUP)
                | flag(attributes.permissions().isPresent(), AttributeFlags.PERMISSIONS)
                | flag(attributes.accessed().isPresent(), AttributeFlags.ACCESS_TIME)
                | flag(attributes.created().isPresent(), AttributeFlags.CREATE_TIME)
                | flag(attributes.modified().isPresent(), AttributeFlags.MODIFY_TIME)
                | flag(attributes.changed().isPresent(), AttributeFlags.CHANGE_TIME)
                | flag(attributes.acl().isPresent(), AttributeFlags.ACL)
                | flag(attributes.bits().isPresent(), AttributeFlags.BITS)
                | flag(attributes.textHint().isPresent(), AttributeFlags.TEXT_HINT)
                | flag(attributes.mimeType().isPresent(), AttributeFlags.MIME_TYPE)
                | flag(attributes.linkCount().isPresent(), AttributeFlags.LINK_COUNT)
                | flag(attributes.untranslatedName().isPresent(), AttributeFlags.UNTRANSLATED_NAME)
                | flag(!attributes.extended().isEmpty(), AttributeFlags.EXTENDED);
    }

    private static boolean hasFraction(SftpAttributes attributes, int version) {
        return hasFraction(attributes.modified().orElse(null))
                || hasFraction(attributes.accessed().orElse(null))
                || hasFraction(attributes.created().orElse(null))
                || version >= 6 && hasFraction(attributes.changed().orElse(null));
    }

    @SuppressWarnings("JavaInstantGetSecondsGetNano") // the fraction alone is the question
    private static boolean hasFraction(@Nullable Instant time) {
        return time != null && time.getNano() != 0;
    }

    private static void writeTime(SshWriter out, @Nullable Instant time, boolean nanos) {
        if (time != null) {
            long seconds = time.getEpochSecond();
            int fraction = time.getNano();
            out.writeUint64(seconds);
            if (nanos) {
                out.writeUint32(fraction);
            }
        }
    }

    private static void writeExtended(SshWriter out, List<ExtendedAttribute> extended) {
        if (!extended.isEmpty()) {
            out.writeUint32(extended.size());
            for (ExtendedAttribute attribute : extended) {
                out.writeString(attribute.name()).writeString(attribute.value());
            }
        }
    }

    private static boolean has(long flags, long flag) {
        return (flags & flag) != 0;
    }

    private static long flag(boolean present, long flag) {
        return present ? flag : 0;
    }
}
