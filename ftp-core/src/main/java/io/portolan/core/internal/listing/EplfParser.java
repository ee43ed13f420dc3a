package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;

/** Easily Parsed LIST Format (D. J. Bernstein): a plus, facts with commas behind them, a tab, the name. */
public final class EplfParser implements ListingParser {

    /** Seconds of the epoch that fit a year of four digits. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty()) {
            return ListingLine.SKIPPED;
        }
        int tab = line.indexOf('\t');
        if (line.charAt(0) != '+' || tab < 0) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        long size = -1;
        long seconds = -1;
        int mode = -1;
        boolean directory = false;
        boolean file = false;
        String unique = "";
        for (String fact : line.substring(1, tab).split(",")) {
            String value = fact.isEmpty() ? "" : fact.substring(1);
            switch (fact.isEmpty() ? ' ' : fact.charAt(0)) {
                case '/' -> directory = true;
                case 'r' -> file = true;
                case 's' -> size = LineScanner.number(value);
                case 'm' -> seconds = LineScanner.number(value);
                case 'i' -> unique = value;
                case 'u' -> mode = fact.startsWith("up") ? mode(fact.substring(2)) : mode;
                default -> {}
            }
        }
        FileInfo.Builder info =
                FileInfo.builder(directory ? FileType.DIRECTORY : file ? FileType.FILE : FileType.OTHER);
        if (size >= 0) {
            info.size(size);
        }
        if (seconds >= 0 && seconds <= MAX_SECONDS) {
            info.modified(Instant.ofEpochSecond(seconds));
        }
        if (mode >= 0) {
            info.permissionBits(mode);
        }
        if (!unique.isEmpty() && unique.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';')) {
            info.uniqueId(unique);
        }
        return ListingParser.entry(
                line.substring(tab + 1),
                info.build(),
                size >= 0,
                seconds >= 0 && seconds <= MAX_SECONDS ? TimePrecision.SECOND : TimePrecision.UNKNOWN);
    }

    private static int mode(String octal) {
        if (octal.isEmpty() || octal.length() > 4 || !octal.chars().allMatch(c -> c >= '0' && c <= '7')) {
            return -1;
        }
        return Integer.parseInt(octal, 8);
    }
}
