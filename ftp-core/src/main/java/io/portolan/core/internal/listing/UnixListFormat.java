package io.portolan.core.internal.listing;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * LIST, which RFC 959 leaves open: as {@code ls -l} writes it with English month names, since that is what every client parses. Times are UTC; those of
 * the last half year have hours and minutes, all others the year.
 */
public final class UnixListFormat implements ListingFormat {

    private static final byte[][] MONTHS = {
        ascii(" Jan "), ascii(" Feb "), ascii(" Mar "), ascii(" Apr "), ascii(" May "), ascii(" Jun "),
        ascii(" Jul "), ascii(" Aug "), ascii(" Sep "), ascii(" Oct "), ascii(" Nov "), ascii(" Dec ")
    };

    private static final long HALF_A_YEAR_SECONDS = 182L * 86_400;
    /** A store's clock may be ahead of ours; a file of this minute would get a year instead of a time. Clients allow for a day. */
    private static final long CLOCK_SKEW_SECONDS = 3600;

    /** What stands for an owner or group that is not known. */
    private static final String NOBODY = "ftp";

    private static final int OWNER_WIDTH = 8;
    /** Characters of an owner or group: clients cut longer columns apart anyhow, and it bounds the line. */
    private static final int MAX_OWNER = 32;

    /** Octets of a line without owner, group and name: mode, links, size, date and their spaces. */
    private static final int FIXED = 96;

    private static final int SIZE_WIDTH = 12;
    private static final int LINKS_WIDTH = 4;

    private final ControlCharset charset;
    private final long recentFrom;
    private final long recentTo;
    private final CivilTime time = new CivilTime();
    private final Column owners;
    private final Column groups;

    /**
     * Makes a format.
     *
     * @param charset how names are written
     * @param now the time from which the half year is counted
     */
    public UnixListFormat(ControlCharset charset, Instant now) {
        this(charset, now, NOBODY);
    }

    private UnixListFormat(ControlCharset charset, Instant now, String nobody) {
        this.charset = charset;
        this.owners = new Column(nobody);
        this.groups = new Column(nobody);
        this.recentFrom = now.getEpochSecond() - HALF_A_YEAR_SECONDS;
        this.recentTo = now.getEpochSecond() + CLOCK_SKEW_SECONDS;
    }

    /**
     * Makes a format for SFTP: names in UTF-8, and a dash for an owner that is not known.
     *
     * @param now the time from which the half year is counted
     */
    public static UnixListFormat ofLongNames(Instant now) {
        return new UnixListFormat(ControlCharset.UTF_8, now, "-");
    }

    @Override
    public boolean write(DirectoryEntry entry, OctetWriter out) {
        return write(entry.name(), entry.info(), out);
    }

    /** Writes a line with a name that is not that of an entry, such as {@code .} or the path that STAT was asked for. */
    public boolean write(String name, FileInfo info, OctetWriter out) {
        if (!writeLongName(name, info, out)) {
            return false;
        }
        if (info.type() == FileType.SYMBOLIC_LINK) {
            target(info, out);
        }
        out.lineEnd();
        return true;
    }

    /** Writes a line without its end, and without where a link points to. */
    public boolean writeLongName(String name, FileInfo info, OctetWriter out) {
        int start = out.length();
        out.reserve(FIXED + 2 * MAX_OWNER);
        mode(info, out);
        out.number(info.linkCount().orElse(1), LINKS_WIDTH + 1);
        out.octet(' ');
        out.octets(owners.of(info.owner(), info.ownerId()));
        out.octet(' ');
        out.octets(groups.of(info.group(), info.groupId()));
        out.octet(' ');
        out.number(info.size(), SIZE_WIDTH);
        date(info.modified(), out);
        if (!out.name(name, charset)) {
            out.truncate(start);
            return false;
        }
        return true;
    }

    private static void mode(FileInfo info, OctetWriter out) {
        FileType type = info.type();
        out.octet(
                switch (type) {
                    case FILE -> '-';
                    case DIRECTORY -> 'd';
                    case SYMBOLIC_LINK -> 'l';
                    // Clients know it as something that is neither fetched nor entered.
                    case OTHER -> 'p';
                });
        int bits =
                info.permissionBits().orElse(type == FileType.FILE ? 0644 : type == FileType.DIRECTORY ? 0755 : 0777);
        triple(bits >> 6, (bits & 04000) != 0, 's', out);
        triple(bits >> 3, (bits & 02000) != 0, 's', out);
        triple(bits, (bits & 01000) != 0, 't', out);
    }

    private static void triple(int bits, boolean special, char letter, OctetWriter out) {
        out.octet((bits & 4) != 0 ? 'r' : '-');
        out.octet((bits & 2) != 0 ? 'w' : '-');
        boolean execute = (bits & 1) != 0;
        if (special) {
            out.octet(execute ? letter : Character.toUpperCase(letter));
        } else {
            out.octet(execute ? 'x' : '-');
        }
    }

    private void date(Instant modified, OctetWriter out) {
        long seconds = time.set(modified);
        out.octets(MONTHS[time.month() - 1]);
        out.twoDigits(time.day());
        out.octet(' ');
        if (seconds > recentFrom && seconds <= recentTo) {
            out.twoDigits(time.hour());
            out.octet(':');
            out.twoDigits(time.minute());
        } else {
            out.octet(' ');
            out.fourDigits(time.year());
        }
        out.octet(' ');
    }

    private void target(FileInfo info, OctetWriter out) {
        Optional<String> target = info.linkTarget();
        if (target.isPresent()) {
            int end = out.length();
            out.ascii(" -> ");
            if (!out.name(target.get(), charset)) {
                out.truncate(end);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Owners or groups, padded; the last is remembered, since neighbours mostly share them. */
    private static final class Column {
        private final String nobody;
        private @Nullable String lastName;
        private int lastId;
        private byte[] last = new byte[0];

        Column(String nobody) {
            this.nobody = nobody;
        }

        byte[] of(Optional<String> name, OptionalInt id) {
            String newName = name.orElse(null);
            int newId = id.orElse(-1);
            if (last.length == 0 || newId != lastId || !Objects.equals(newName, lastName)) {
                lastName = newName;
                lastId = newId;
                last = column(newName != null ? newName : newId >= 0 ? Integer.toString(newId) : nobody);
            }
            return last;
        }

        /** Visible ASCII only: a space would shift the columns that come behind. */
        private static byte[] column(String text) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < text.length() && i < MAX_OWNER; i++) {
                char c = text.charAt(i);
                out.append(c > ' ' && c < 0x7f ? c : '_');
            }
            while (out.length() < OWNER_WIDTH) {
                out.append(' ');
            }
            return ascii(out.toString());
        }
    }
}
