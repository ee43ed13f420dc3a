package io.portolan.core.internal.listing;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MLSD and MLST (RFC 3659, section 7.2): {@code type=file;size=3;modify=20260301120000; name}. Names with spaces, semicolons and equals signs need no
 * escape: the first space ends the facts.
 */
public final class FactsFormat implements ListingFormat {

    /** Tells what the user may do with an entry, in the letters of RFC 3659, section 7.5.5. */
    @FunctionalInterface
    public interface Permissions {
        /** The letters of {@code acdeflmprw} that apply; may be empty. */
        String of(String name, FileInfo info);
    }

    /** Octets of all facts but the names and the link's target. */
    private static final int FIXED = 320;

    private static final String LINK = "OS.unix=slink:";
    /** For a link whose target is not known, or could not stand in a fact. */
    private static final String LINK_SOMEWHERE = "OS.unix=symlink";

    private static final String SPECIAL = "OS.unix=special";

    private final Set<Fact> enabled;
    private final boolean type;
    private final boolean size;
    private final boolean modify;
    private final boolean perm;
    private final boolean unique;
    private final boolean rare;
    private final Permissions permissions;
    private final ControlCharset charset;
    private final CivilTime modified = new CivilTime();
    private final CivilTime created = new CivilTime();

    /**
     * Makes a format.
     *
     * @param enabled the facts to tell
     * @param permissions where {@code perm} comes from
     * @param charset how names are written
     */
    public FactsFormat(Set<Fact> enabled, Permissions permissions, ControlCharset charset) {
        this.enabled = Set.copyOf(enabled);
        this.permissions = permissions;
        this.charset = charset;
        type = enabled.contains(Fact.TYPE);
        size = enabled.contains(Fact.SIZE);
        modify = enabled.contains(Fact.MODIFY);
        perm = enabled.contains(Fact.PERM);
        unique = enabled.contains(Fact.UNIQUE);
        rare = enabled.contains(Fact.CREATE)
                || enabled.contains(Fact.UNIX_MODE)
                || enabled.contains(Fact.UNIX_OWNER)
                || enabled.contains(Fact.UNIX_GROUP)
                || enabled.contains(Fact.UNIX_OWNERNAME)
                || enabled.contains(Fact.UNIX_GROUPNAME);
    }

    @Override
    public boolean write(DirectoryEntry entry, OctetWriter out) {
        return write(entry.name(), entry.info(), null, out);
    }

    /**
     * Writes a line for something else than an entry: {@code .} with the type {@code cdir}, or {@code ..} with {@code pdir}.
     *
     * @param name what stands behind the facts
     * @param typeValue the value of {@code type}; null for the usual one
     * @return whether it was written
     */
    public boolean write(String name, FileInfo info, @Nullable String typeValue, OctetWriter out) {
        int start = out.length();
        facts(name, info, typeValue, out);
        out.octet(' ');
        if (!out.name(name, charset)) {
            out.truncate(start);
            return false;
        }
        out.lineEnd();
        return true;
    }

    /**
     * The line of an MLST reply, with the one space before the facts that RFC 3659, section 7.2 asks for.
     *
     * @param path what the client is told as the name
     * @return the line's text
     */
    public String line(String path, FileInfo info) {
        OctetWriter out = new OctetWriter();
        facts(path, info, null, out);
        return " " + out + " " + path;
    }

    private void facts(String name, FileInfo info, @Nullable String typeValue, OctetWriter out) {
        out.reserve(FIXED);
        if (type) {
            type(info, typeValue, out);
        }
        if (size && info.type() == FileType.FILE) {
            out.ascii("size=");
            out.number(info.size(), 1);
            out.octet(';');
        }
        if (modify) {
            out.ascii("modify=");
            time(info.modified(), modified, out);
        }
        if (perm) {
            fact("perm=", permissions.of(name, info), out);
        }
        if (unique && info.uniqueId().isPresent()) {
            fact("unique=", info.uniqueId().get(), out);
        }
        if (rare) {
            rare(info, out);
        }
        out.reserve(1);
    }

    private static void type(FileInfo info, @Nullable String typeValue, OctetWriter out) {
        if (typeValue != null) {
            fact("type=", typeValue, out);
            return;
        }
        switch (info.type()) {
            case FILE -> out.ascii("type=file;");
            case DIRECTORY -> out.ascii("type=dir;");
            case SYMBOLIC_LINK -> fact("type=", link(info.linkTarget().orElse("")), out);
            case OTHER -> fact("type=", SPECIAL, out);
        }
    }

    private static String link(String target) {
        if (target.isEmpty()) {
            return LINK_SOMEWHERE;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ';') {
                return LINK_SOMEWHERE;
            }
        }
        return LINK + target;
    }

    private void rare(FileInfo info, OctetWriter out) {
        if (enabled.contains(Fact.CREATE) && info.created().isPresent()) {
            out.reserve(FIXED);
            out.ascii("create=");
            time(info.created().get(), created, out);
        }
        if (enabled.contains(Fact.UNIX_MODE) && info.permissionBits().isPresent()) {
            int bits = info.permissionBits().getAsInt();
            String octal = Integer.toOctalString(bits);
            fact("UNIX.mode=", "0000".substring(Math.min(4, octal.length())) + octal, out);
        }
        if (enabled.contains(Fact.UNIX_OWNER) && info.ownerId().isPresent()) {
            fact("UNIX.owner=", Integer.toString(info.ownerId().getAsInt()), out);
        }
        if (enabled.contains(Fact.UNIX_GROUP) && info.groupId().isPresent()) {
            fact("UNIX.group=", Integer.toString(info.groupId().getAsInt()), out);
        }
        if (enabled.contains(Fact.UNIX_OWNERNAME) && info.owner().isPresent()) {
            factIfHarmless("UNIX.ownername=", info.owner().get(), out);
        }
        if (enabled.contains(Fact.UNIX_GROUPNAME) && info.group().isPresent()) {
            factIfHarmless("UNIX.groupname=", info.group().get(), out);
        }
    }

    /** Space and semicolon end a fact, so a value that has them is not told. */
    private static void factIfHarmless(String name, String value, OctetWriter out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ';') {
                return;
            }
        }
        fact(name, value, out);
    }

    private static void fact(String name, String value, OctetWriter out) {
        out.ascii(name);
        out.ascii(value);
        out.ascii(";");
        out.reserve(FIXED);
    }

    private static void time(Instant time, CivilTime fields, OctetWriter out) {
        fields.set(time);
        out.fourDigits(fields.year());
        out.twoDigits(fields.month());
        out.twoDigits(fields.day());
        out.twoDigits(fields.hour());
        out.twoDigits(fields.minute());
        out.twoDigits(fields.second());
        out.octet(';');
    }
}
