package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * LIST of IBM i (OS/400): {@code PEP             36864 04/02/24 14:06:34 *DIR       bin/}. Files of libraries may lack size and date, and their members stand
 * below them as {@code *MEM       FILE.FILE/MEMBER.MBR}.
 *
 * <p>How dates are written is a setting of the server's job. With slashes it is taken as year, month, day, until a line shows that it is another; with dots as day,
 * month, year.
 */
public final class Os400ListParser implements ListingParser {

    /** Columns of the type; what is beyond is the name with its own spaces. */
    private static final int TYPE_WIDTH = 11;

    private static final int MAX_COLUMNS = 3;

    private enum Order {
        YEAR_MONTH_DAY,
        MONTH_DAY_YEAR,
        DAY_MONTH_YEAR;

        @Nullable
        LocalDate date(int first, int second, int third) {
            return switch (this) {
                case YEAR_MONTH_DAY -> day(first, second, third);
                case MONTH_DAY_YEAR -> day(third, first, second);
                case DAY_MONTH_YEAR -> day(third, second, first);
            };
        }

        private static @Nullable LocalDate day(int year, int month, int day) {
            return ListingTimes.date(year < 100 ? ListingTimes.century(year) : year, month, day);
        }
    }

    private final ListingTimes times;
    /** The orders in which all dates so far were dates. */
    private final EnumSet<Order> possible = EnumSet.allOf(Order.class);

    private String lastFile = "";

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public Os400ListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty()) {
            return ListingLine.SKIPPED;
        }
        LineScanner scanner = new LineScanner(line);
        String owner = scanner.word();
        String[] columns = new String[MAX_COLUMNS];
        int count = 0;
        String word = scanner.word();
        while (count < MAX_COLUMNS && !isType(word)) {
            columns[count++] = word;
            word = scanner.word();
        }
        if (!isType(word) || owner.charAt(0) == '*') {
            return ListingLine.NOT_UNDERSTOOD;
        }
        scanner.skipSpaces(Math.max(1, TYPE_WIDTH - word.length()));
        String name = scanner.rest();
        boolean sized = count == 1 || count == 3;
        boolean timed = count >= 2;
        if (name.isEmpty()
                || sized && !LineScanner.isDigits(columns[0])
                || timed && ListingTimes.time(columns[count - 1]) == null) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        long size = sized ? LineScanner.number(columns[0]) : -1;
        Instant modified = timed ? time(columns[count - 2], columns[count - 1]) : null;
        return entry(owner, word, name, size, modified);
    }

    private static boolean isType(String word) {
        if (word.length() < 3 || word.length() > TYPE_WIDTH || word.charAt(0) != '*') {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            if (word.charAt(i) < 'A' || word.charAt(i) > 'Z') {
                return false;
            }
        }
        return true;
    }

    private ListingLine entry(String owner, String type, String text, long size, @Nullable Instant modified) {
        String name = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        FileInfo.Builder info = FileInfo.builder(type(type, name)).owner(owner);
        if (size >= 0) {
            info.size(size);
        }
        if (modified != null) {
            info.modified(modified);
        }
        if (type.equals("*FILE")) {
            lastFile = name;
        }
        int slash = name.indexOf('/');
        if (type.equals("*MEM") && slash > 0) {
            if (name.substring(0, slash).equals(lastFile)) {
                // It is in a file that has a line of its own.
                return ListingLine.SKIPPED;
            }
            name = name.substring(slash + 1);
        }
        return ListingParser.entry(
                name,
                info.build(),
                size >= 0 && isStream(type),
                modified == null ? TimePrecision.UNKNOWN : TimePrecision.SECOND);
    }

    /** Only of stream files the size is what a download has: records and objects take more than their content. */
    private static boolean isStream(String type) {
        return type.equals("*STMF") || type.equals("*DSTMF") || type.equals("*DOC");
    }

    private static FileType type(String type, String name) {
        return switch (type) {
            case "*DIR", "*DDIR", "*FLR", "*LIB" -> FileType.DIRECTORY;
            case "*STMF", "*DSTMF", "*DOC", "*MEM" -> FileType.FILE;
            // A save file is one stream, any other file a directory of members.
            case "*FILE" ->
                name.regionMatches(true, Math.max(0, name.length() - 5), ".SAVF", 0, 5)
                        ? FileType.FILE
                        : FileType.DIRECTORY;
            case "*SYMLNK" -> FileType.SYMBOLIC_LINK;
            default -> FileType.OTHER;
        };
    }

    private @Nullable Instant time(String date, String time) {
        boolean dots = date.indexOf('.') > 0;
        String[] parts = date.split("[-/.]", 4);
        LocalTime clock = ListingTimes.time(time);
        if (parts.length != 3 || clock == null) {
            return null;
        }
        int first = LineScanner.number(parts[0], 4);
        int second = LineScanner.number(parts[1], 2);
        int third = LineScanner.number(parts[2], 4);
        EnumSet<Order> fitting = EnumSet.noneOf(Order.class);
        for (Order order : possible) {
            boolean yearFirst = order == Order.YEAR_MONTH_DAY;
            boolean wide = yearFirst ? third > 99 : first > 99;
            if (!wide && order.date(first, second, third) != null) {
                fitting.add(order);
            }
        }
        if (fitting.isEmpty()) {
            return null;
        }
        possible.retainAll(fitting);
        Order order = dots && fitting.contains(Order.DAY_MONTH_YEAR)
                ? Order.DAY_MONTH_YEAR
                : fitting.iterator().next();
        LocalDate day = order.date(first, second, third);
        return day == null ? null : times.at(day, clock);
    }
}
