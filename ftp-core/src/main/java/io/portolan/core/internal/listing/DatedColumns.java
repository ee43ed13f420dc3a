package io.portolan.core.internal.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a line up to a size and the date behind it. What stands before the size differs from server to server (no group, no link count, names with
 * spaces), so the date is searched for. Holds what it has read last.
 */
final class DatedColumns {

    /** Columns before the date: a longer search would only meet the words of a long name. */
    private static final int MAX_COLUMNS = 12;

    private final ListedTime time;
    private final List<String> before = new ArrayList<>(MAX_COLUMNS);

    DatedColumns(ListingTimes times) {
        time = new ListedTime(times);
    }

    /**
     * Reads columns.
     *
     * @return whether there was a size with a date behind it; then the scanner stands behind the date
     */
    boolean read(LineScanner scanner) {
        before.clear();
        while (before.size() <= MAX_COLUMNS) {
            String word = scanner.word();
            if (word.isEmpty()) {
                return false;
            }
            int behind = scanner.position();
            if (!before.isEmpty() && isSize(size()) && time.read(word, scanner)) {
                return true;
            }
            scanner.position(behind);
            before.add(word);
        }
        return false;
    }

    /** Columns before the size. */
    int count() {
        return before.size() - 1;
    }

    String get(int column) {
        return before.get(column);
    }

    /** The column before the date. */
    String size() {
        return before.get(before.size() - 1);
    }

    @Nullable
    Instant modified() {
        return time.instant();
    }

    TimePrecision precision() {
        return time.precision();
    }

    /** Digits, a device's numbers as {@code 8,1}, or a size as {@code ls -h} rounds it. */
    private static boolean isSize(String word) {
        char first = word.charAt(0);
        if (first < '0' || first > '9') {
            return false;
        }
        int at = 1;
        while (at < word.length() && isDigitOrPoint(word.charAt(at))) {
            at++;
        }
        return word.length() - at <= 1 && (at == word.length() || "BKMGTPEk".indexOf(word.charAt(at)) >= 0);
    }

    private static boolean isDigitOrPoint(char c) {
        return c >= '0' && c <= '9' || c == '.' || c == ',';
    }
}
