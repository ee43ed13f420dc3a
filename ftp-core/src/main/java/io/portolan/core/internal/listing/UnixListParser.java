package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LIST as {@code ls -l} writes it. Columns before the date differ from server to server (no group, no link count, names with spaces), so the date is
 * searched for: a number, the size, with an English month and a day, or an ISO date, and a time or year behind it. One space later the name begins.
 */
public final class UnixListParser implements ListingParser {

    private static final String ARROW = " -> ";
    private static final int MODE_LENGTH = 10;
    /** Columns before the date: a longer search would only meet the words of a long name. */
    private static final int MAX_COLUMNS = 12;

    private final ListingTimes times;

    /**
     * Makes a parser.
     *
     * @param now the time from which years are counted that a line does not tell
     * @param zone the zone of the server's times
     */
    public UnixListParser(Instant now, ZoneId zone) {
        times = new ListingTimes(now, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty() || isTotal(line)) {
            return ListingLine.SKIPPED;
        }
        FileType type = type(line.charAt(0));
        int bits = line.length() <= MODE_LENGTH ? -1 : bits(line);
        if (type == null || bits < 0) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        LineScanner scanner = new LineScanner(line);
        scanner.word();
        List<String> columns = new ArrayList<>(4);
        while (columns.size() < MAX_COLUMNS) {
            String word = scanner.word();
            if (word.isEmpty()) {
                break;
            }
            int behind = scanner.position();
            Instant modified = isSize(columns) ? date(word, scanner) : null;
            if (modified != null) {
                scanner.skipSpaces(1);
                return entry(type, bits, columns, modified, scanner.rest());
            }
            scanner.position(behind);
            columns.add(word);
        }
        return ListingLine.NOT_UNDERSTOOD;
    }

    private static boolean isTotal(String line) {
        return line.startsWith("total ") && LineScanner.number(line.substring(6).strip()) >= 0;
    }

    private static boolean isSize(List<String> columns) {
        return !columns.isEmpty() && LineScanner.number(columns.get(columns.size() - 1)) >= 0;
    }

    private @Nullable Instant date(String first, LineScanner scanner) {
        int month = ListingTimes.month(first);
        if (month > 0) {
            int day = LineScanner.number(scanner.word(), 2);
            return timeOrYear(month, day, scanner.word());
        }
        String[] iso = first.split("-", 4);
        if (iso.length == 3 && iso[0].length() == 4) {
            LocalTime time = ListingTimes.time(scanner.word());
            return time == null
                    ? null
                    : times.at(
                            LineScanner.number(iso[0], 4),
                            LineScanner.number(iso[1], 2),
                            LineScanner.number(iso[2], 2),
                            time);
        }
        return null;
    }

    private @Nullable Instant timeOrYear(int month, int day, String word) {
        LocalTime time = ListingTimes.time(word);
        if (time != null) {
            return times.recent(month, day, time);
        }
        int year = word.length() == 4 ? LineScanner.number(word, 4) : -1;
        return year < 0 ? null : times.at(year, month, day, LocalTime.MIDNIGHT);
    }

    private static ListingLine entry(FileType type, int bits, List<String> columns, Instant modified, String rest) {
        FileInfo.Builder info = FileInfo.builder(type)
                .permissionBits(bits)
                .modified(modified)
                .size(LineScanner.number(columns.get(columns.size() - 1)));
        if (columns.size() == 4) {
            info.linkCount(LineScanner.number(columns.get(0), 9));
            info.owner(columns.get(1)).group(columns.get(2));
        }
        String name = rest;
        int arrow = type == FileType.SYMBOLIC_LINK ? rest.indexOf(ARROW) : -1;
        if (arrow >= 0) {
            name = rest.substring(0, arrow);
            info.linkTarget(rest.substring(arrow + ARROW.length()));
        }
        return ListingParser.entry(name, info.build());
    }

    private static @Nullable FileType type(char c) {
        return switch (c) {
            case '-', 'f' -> FileType.FILE;
            case 'd' -> FileType.DIRECTORY;
            case 'l' -> FileType.SYMBOLIC_LINK;
            case 'b', 'c', 'p', 's', 'D' -> FileType.OTHER;
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
                case 'S', 'T' -> bits |= special(i);
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
