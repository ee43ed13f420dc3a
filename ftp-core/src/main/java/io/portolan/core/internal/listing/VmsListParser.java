package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * LIST of OpenVMS: {@code LOGIN.COM;7   3/9   18-JUN-2024 10:11:12  [GROUP,OWNER]  (RWED,RWED,RE,)}. A long name stands on a line of its own, which is told as
 * {@link ListingLine#CONTINUED}.
 *
 * <p>The newest version of a file, which comes first, has the name without its version, since that is what the name means everywhere; older ones keep theirs. A
 * directory's name is told without {@code .DIR;1}, which is what CWD takes. Sizes are in blocks, so they are no octets: the block's 512 times their number.
 */
public final class VmsListParser implements ListingParser {

    private static final int BLOCK = 512;
    /** Blocks of a volume of 2 TiB many times over; more is no number of blocks. */
    private static final long MAX_BLOCKS = 1L << 40;

    private static final int MAX_VERSION_DIGITS = 5;
    private static final String DIRECTORY = ".DIR";

    private final ListingTimes times;
    private String lastName = "";
    private int lastVersion;

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public VmsListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isBlank()) {
            return ListingLine.SKIPPED;
        }
        int semicolon = line.indexOf(';');
        if (semicolon < 0) {
            return isHeading(line) ? ListingLine.SKIPPED : ListingLine.NOT_UNDERSTOOD;
        }
        int end = line.indexOf(' ', semicolon);
        String name = line.substring(0, semicolon);
        int version =
                LineScanner.number(line.substring(semicolon + 1, end < 0 ? line.length() : end), MAX_VERSION_DIGITS);
        if (name.isEmpty() || name.indexOf(' ') >= 0 || version < 0) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        LineScanner scanner = new LineScanner(line);
        scanner.position(end < 0 ? line.length() : end);
        scanner.skipSpaces();
        if (scanner.atEnd()) {
            return ListingLine.CONTINUED;
        }
        Columns columns = new Columns();
        return columns.read(scanner) || isRefusal(scanner.rest(), line.substring(end))
                ? entry(name, version, columns)
                : ListingLine.NOT_UNDERSTOOD;
    }

    private static boolean isHeading(String line) {
        return line.startsWith("Directory ") && line.indexOf(':') > 0
                || line.startsWith("Total of ")
                || line.startsWith("Grand total of ");
    }

    /** The file is there, and the server may not look at it. */
    private static boolean isRefusal(String rest, String all) {
        String lower = (rest.isEmpty() ? all : rest).toLowerCase(Locale.ROOT);
        return lower.contains("privilege") || lower.contains("protection");
    }

    private ListingLine entry(String fileName, int version, Columns columns) {
        // Devices and directories end in these; a name that has one leads elsewhere.
        if (fileName.indexOf(':') >= 0 || fileName.indexOf(']') >= 0 || fileName.indexOf('[') >= 0) {
            return ListingLine.UNSAFE_NAME;
        }
        boolean directory = fileName.length() > DIRECTORY.length()
                && fileName.regionMatches(
                        true, fileName.length() - DIRECTORY.length(), DIRECTORY, 0, DIRECTORY.length());
        boolean older = fileName.equals(lastName) && version < lastVersion;
        lastName = fileName;
        lastVersion = older ? lastVersion : version;
        FileInfo.Builder info = FileInfo.builder(directory ? FileType.DIRECTORY : FileType.FILE);
        columns.describe(info);
        String name = older
                ? fileName + ";" + version
                : directory ? fileName.substring(0, fileName.length() - DIRECTORY.length()) : fileName;
        return ListingParser.entry(
                name,
                info.build(),
                false,
                columns.date == null
                        ? TimePrecision.UNKNOWN
                        : columns.seconds ? TimePrecision.SECOND : TimePrecision.MINUTE);
    }

    /** What stands behind the name; servers differ in the order. */
    private final class Columns {
        private long blocks = -1;
        private @Nullable LocalDate date;
        private LocalTime time = LocalTime.MIDNIGHT;
        private boolean seconds;
        private String owner = "";
        private String protection = "";

        /** Whether there is a size or a date, and nothing that is none of the columns. */
        boolean read(LineScanner scanner) {
            while (true) {
                scanner.skipSpaces();
                if (scanner.atEnd()) {
                    return blocks >= 0 || date != null;
                }
                int start = scanner.position();
                String rest = scanner.rest();
                if (rest.charAt(0) == '[' && rest.indexOf(']') > 0) {
                    owner = rest.substring(1, rest.indexOf(']'));
                    scanner.position(start + owner.length() + 2);
                } else if (rest.charAt(0) == '(' && rest.indexOf(')') > 0) {
                    protection = rest.substring(1, rest.indexOf(')'));
                    scanner.position(start + protection.length() + 2);
                } else if (!word(scanner.word())) {
                    scanner.position(start);
                    return false;
                }
            }
        }

        private boolean word(String word) {
            int slash = word.indexOf('/');
            long number = LineScanner.number(slash < 0 ? word : word.substring(0, slash));
            if (number >= 0 && blocks < 0 && (slash < 0 || LineScanner.isDigits(word.substring(slash + 1)))) {
                blocks = Math.min(number, MAX_BLOCKS);
                return true;
            }
            int point = word.indexOf('.');
            LocalTime clock = ListingTimes.time(point < 0 ? word : word.substring(0, point));
            if (clock != null) {
                time = clock;
                seconds = word.indexOf(':') != word.lastIndexOf(':');
                return true;
            }
            LocalDate day = ListingTimes.dayMonthYear(word);
            if (day != null && date == null) {
                date = day;
                return true;
            }
            return false;
        }

        void describe(FileInfo.Builder info) {
            if (blocks >= 0) {
                info.size(blocks * BLOCK);
            }
            if (date != null) {
                info.modified(times.at(date, time));
            }
            int comma = owner.indexOf(',');
            if (comma >= 0) {
                info.group(owner.substring(0, comma).strip());
            }
            String user = owner.substring(comma + 1).strip();
            if (!user.isEmpty()) {
                info.owner(user);
            }
            String[] classes = protection.split(",", 5);
            if (classes.length == 4) {
                // The first is the system's.
                info.permissionBits(bits(classes[1]) << 6 | bits(classes[2]) << 3 | bits(classes[3]));
            }
        }

        private int bits(String letters) {
            return (letters.indexOf('R') >= 0 ? 4 : 0)
                    | (letters.indexOf('W') >= 0 ? 2 : 0)
                    | (letters.indexOf('E') >= 0 ? 1 : 0);
        }
    }
}
