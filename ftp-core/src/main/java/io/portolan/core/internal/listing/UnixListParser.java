package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LIST as {@code ls -l} writes it, in any language, on Unix, z/OS's HFS, and the servers that imitate it; with the forks' sizes of the Macintosh's Peter Lewis
 * server (NetPresenz). One space behind the date the name begins, so that spaces before and behind it are its own.
 */
public final class UnixListParser implements ListingParser {

    private static final String ARROW = " -> ";
    private static final int MODE_LENGTH = 10;
    /** What ls writes for an entry of which it could read nothing but the name: {@code d????????? ? ? ? ? ? name}. */
    private static final String NOTHING_KNOWN = "?????????";

    private static final int UNKNOWN_COLUMNS = 5;

    /** The word before the sum of blocks that ls begins with, in the languages that servers have been seen to speak. */
    private static final Set<String> TOTALS = Set.of(
            "total",
            "totale",
            "totaal",
            "totalt",
            "insgesamt",
            "gesamt",
            "summe",
            "sammanlagt",
            "yhteensä",
            "samtals",
            "razem",
            "celkem",
            "spolu",
            "összesen",
            "toplam",
            "ukupno",
            "skupaj",
            "итого",
            "всего",
            "загалом",
            "всього",
            "общо",
            "σύνολο",
            "总计",
            "总用量",
            "總計",
            "總用量",
            "合計",
            "합계",
            "כולל");

    private final DatedColumns columns;

    /**
     * Makes a parser.
     *
     * @param now the time from which years are counted that a line does not tell
     * @param zone the zone of the server's times
     */
    public UnixListParser(Instant now, ZoneId zone) {
        columns = new DatedColumns(new ListingTimes(now, zone));
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty() || isTotal(line)) {
            return ListingLine.SKIPPED;
        }
        FileType type = type(line.charAt(0));
        if (type == null || line.length() <= MODE_LENGTH) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        if (line.startsWith(NOTHING_KNOWN, 1)) {
            return unknown(line, type);
        }
        int bits = bits(line);
        LineScanner scanner = new LineScanner(line);
        scanner.word();
        if (bits < 0 || !columns.read(scanner)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        scanner.skipSpaces(1);
        return entry(type, line.charAt(0), bits, scanner.rest());
    }

    static boolean isTotal(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return false;
        }
        String word = line.substring(0, line.charAt(space - (space > 0 ? 1 : 0)) == ':' ? space - 1 : space);
        String sum = line.substring(space).strip();
        return TOTALS.contains(word.toLowerCase(Locale.ROOT))
                && !sum.isEmpty()
                && LineScanner.isDigits(sum.substring(0, 1))
                && sum.indexOf(' ') < 0;
    }

    private static ListingLine unknown(String line, FileType type) {
        LineScanner scanner = new LineScanner(line);
        scanner.word();
        for (int i = 0; i < UNKNOWN_COLUMNS; i++) {
            if (!scanner.word().equals("?")) {
                return ListingLine.NOT_UNDERSTOOD;
            }
        }
        scanner.skipSpaces(1);
        return ListingParser.entry(scanner.rest(), FileInfo.builder(type).build(), false, TimePrecision.UNKNOWN);
    }

    private ListingLine entry(FileType type, char letter, int bits, String rest) {
        FileInfo.Builder info = FileInfo.builder(type).permissionBits(bits);
        Instant modified = columns.modified();
        if (modified != null) {
            info.modified(modified);
        }
        // The column of a device has its numbers, that of a Macintosh's folder the number of its entries.
        boolean device = letter == 'b' || letter == 'c';
        boolean folder = columns.count() > 0 && columns.get(columns.count() - 1).equals("folder");
        long size = device || folder ? -1 : LineScanner.number(columns.size());
        if (size >= 0) {
            info.size(size);
        }
        boolean comma = device
                && columns.count() > 0
                && columns.get(columns.count() - 1).endsWith(",");
        owners(comma ? columns.count() - 1 : folder ? 0 : columns.count(), size, info);
        String name = rest;
        int arrow = type == FileType.SYMBOLIC_LINK ? rest.indexOf(ARROW) : -1;
        if (arrow >= 0) {
            name = rest.substring(0, arrow);
            info.linkTarget(rest.substring(arrow + ARROW.length()));
        }
        return ListingParser.entry(name, info.build(), size >= 0 && type == FileType.FILE, columns.precision());
    }

    /** Link count, owner and group, as far as their number leaves no doubt: with more than three, one of the names has spaces. */
    private void owners(int count, long size, FileInfo.Builder info) {
        if (count == 0 || count == 2 && areForks(size)) {
            return;
        }
        boolean counted = LineScanner.isDigits(columns.get(0));
        if (counted) {
            info.linkCount(LineScanner.number(columns.get(0), 9));
        }
        int first = counted ? 1 : 0;
        if (count - first >= 1 && count - first <= 2) {
            String owner = columns.get(first);
            info.owner(owner).ownerId(LineScanner.number(owner, 9));
        }
        if (count - first == 2) {
            String group = columns.get(first + 1);
            info.group(group).groupId(LineScanner.number(group, 9));
        }
    }

    /** The octets of resource and data fork, whose sum is the size. */
    private boolean areForks(long size) {
        long resource = LineScanner.number(columns.get(0));
        long data = LineScanner.number(columns.get(1));
        return resource >= 0 && data >= 0 && resource + data == size && size > 0;
    }

    private static @Nullable FileType type(char c) {
        return switch (c) {
            // Also contiguous files of some systems, and files moved to tape.
            case '-', 'f', 'C', 'M', 'm' -> FileType.FILE;
            case 'd' -> FileType.DIRECTORY;
            case 'l' -> FileType.SYMBOLIC_LINK;
            case 'b', 'c', 'p', 's', 'D', 'P', 'n', 'w' -> FileType.OTHER;
            default -> null;
        };
    }

    /** The nine letters behind the type, or -1 if they are something else. */
    private static int bits(String line) {
        int bits = 0;
        for (int i = 0; i < 9; i++) {
            char c = line.charAt(i + 1);
            int bit = 1 << 8 - i;
            switch (c) {
                case '-' -> {}
                case 'r', 'w', 'x' -> bits |= bit;
                case 's', 't' -> bits |= bit | special(i);
                case 'S', 'T', 'l', 'L' -> bits |= special(i);
                default -> {
                    return -1;
                }
            }
        }
        return bits;
    }

    private static int special(int position) {
        return switch (position) {
            case 2 -> 04000;
            case 5 -> 02000;
            case 8 -> 01000;
            default -> 0;
        };
    }
}
