package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * LIST of z/OS (MVS): data sets, members of a partitioned data set with or without statistics, load modules, and jobs in the spool. The heading tells which; lines
 * without one are not read. What z/OS lists of its HFS is as on Unix. Sizes in tracks and records are no octets, so entries have none.
 */
public final class MvsListParser implements ListingParser {

    private enum Section {
        NONE,
        DATA_SETS,
        MEMBERS,
        LOAD_MODULES,
        JOBS
    }

    /** Characters of a member's name. */
    private static final int MAX_MEMBER = 8;
    /** Columns of a line, the long ones of load modules among them. */
    private static final int MAX_WORDS = 24;

    private static final String NONE = "**NONE**";

    private final ListingTimes times;
    private Section section = Section.NONE;

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public MvsListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isBlank()) {
            return ListingLine.SKIPPED;
        }
        Section heading = heading(line);
        if (heading != Section.NONE) {
            section = heading;
            return ListingLine.SKIPPED;
        }
        if (section == Section.NONE) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        String[] words = line.strip().split(" +", MAX_WORDS);
        return switch (section) {
            case DATA_SETS -> dataSet(words);
            case MEMBERS -> member(words);
            case LOAD_MODULES -> loadModule(words);
            case JOBS -> job(words);
            case NONE -> ListingLine.NOT_UNDERSTOOD;
        };
    }

    private static Section heading(String line) {
        String text = line.strip();
        if (text.startsWith("Volume ") && text.endsWith("Dsname")) {
            return Section.DATA_SETS;
        }
        if (text.startsWith("Name ") && text.contains(" VV.MM ")) {
            return Section.MEMBERS;
        }
        if (text.startsWith("Name ") && text.contains(" TTR ")) {
            return Section.LOAD_MODULES;
        }
        return text.startsWith("JOBNAME ") && text.contains(" JOBID ") ? Section.JOBS : Section.NONE;
    }

    private ListingLine dataSet(String[] words) {
        int last = words.length - 1;
        if (last == 0) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        String organisation = words[last - 1];
        FileInfo.Builder info;
        if (isElsewhere(words[0]) && last == 1 || last == 2 && organisation.equals("Tape")) {
            info = FileInfo.builder(FileType.FILE);
        } else if (words[0].equals("Pseudo") && last == 2) {
            info = FileInfo.builder(FileType.DIRECTORY);
        } else if (organisation.equals("VSAM") || organisation.equals("GDG") || organisation.equals("Path")) {
            info = FileInfo.builder(FileType.OTHER);
        } else if (last >= 6 && isReferred(words[2])) {
            info = FileInfo.builder(type(organisation));
            LocalDate referred = date(words[2]);
            if (referred != null) {
                info.accessed(times.at(referred, LocalTime.MIDNIGHT));
            }
        } else {
            return ListingLine.NOT_UNDERSTOOD;
        }
        return ListingParser.entry(words[last], info.build(), false, TimePrecision.UNKNOWN);
    }

    /** On tape or another level of storage, from where a download fetches it. */
    private static boolean isElsewhere(String word) {
        return word.equals("Migrated") || word.equals("MIGRATED") || word.equals("ARCIVE") || word.equals("ARCHIVE");
    }

    private static boolean isReferred(String word) {
        return word.equals(NONE) || date(word) != null;
    }

    private static FileType type(String organisation) {
        return switch (organisation) {
            case "PO", "PO-E", "POU", "PDSE" -> FileType.DIRECTORY;
            case "PS", "PS-E", "PS-L", "PSU", "DA", "DAU", "IS", NONE -> FileType.FILE;
            default -> FileType.OTHER;
        };
    }

    private ListingLine member(String[] words) {
        FileInfo.Builder info = FileInfo.builder(FileType.FILE);
        if (words.length == 1) {
            return isMember(words[0])
                    ? ListingParser.entry(words[0], info.build(), false, TimePrecision.UNKNOWN)
                    : ListingLine.NOT_UNDERSTOOD;
        }
        LocalDate created = words.length < 8 ? null : date(words[2]);
        LocalDate changed = words.length < 8 ? null : date(words[3]);
        LocalTime time = words.length < 8 ? null : ListingTimes.time(words[4]);
        if (created == null || changed == null || time == null || words[1].indexOf('.') < 0 || words.length > 9) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        info.created(times.at(created, LocalTime.MIDNIGHT)).modified(times.at(changed, time));
        if (words.length == 9) {
            info.owner(words[8]);
        }
        boolean seconds = words[4].indexOf(':') != words[4].lastIndexOf(':');
        return ListingParser.entry(
                words[0], info.build(), false, seconds ? TimePrecision.SECOND : TimePrecision.MINUTE);
    }

    private static ListingLine loadModule(String[] words) {
        boolean statistics = words.length >= 3 && isHex(words[1]) && isHex(words[2]);
        return isMember(words[0]) && (words.length == 1 || statistics)
                ? ListingParser.entry(words[0], FileInfo.builder(FileType.FILE).build(), false, TimePrecision.UNKNOWN)
                : ListingLine.NOT_UNDERSTOOD;
    }

    private static ListingLine job(String[] words) {
        if (words.length < 4 || words[1].length() != 8 || !LineScanner.isDigits(words[1].substring(3))) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        FileInfo info = FileInfo.builder(FileType.FILE).owner(words[2]).build();
        return ListingParser.entry(words[1], info, false, TimePrecision.UNKNOWN);
    }

    /** {@code yyyy/mm/dd}; null if it is none. */
    private static @Nullable LocalDate date(String word) {
        String[] parts = word.split("/", 4);
        return parts.length != 3 || parts[0].length() != 4
                ? null
                : ListingTimes.date(
                        LineScanner.number(parts[0], 4),
                        LineScanner.number(parts[1], 2),
                        LineScanner.number(parts[2], 2));
    }

    private static boolean isHex(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** A letter or one of the national characters, then also digits. */
    private static boolean isMember(String word) {
        if (word.isEmpty() || word.length() > MAX_MEMBER) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c == '@' || c == '#' || c == '$';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
