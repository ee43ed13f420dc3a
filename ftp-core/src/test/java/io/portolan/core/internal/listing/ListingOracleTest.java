package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.DirectoryEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.MVSFTPEntryParser;
import org.apache.commons.net.ftp.parser.NTFTPEntryParser;
import org.apache.commons.net.ftp.parser.NetwareFTPEntryParser;
import org.apache.commons.net.ftp.parser.OS2FTPEntryParser;
import org.apache.commons.net.ftp.parser.OS400FTPEntryParser;
import org.apache.commons.net.ftp.parser.UnixFTPEntryParser;
import org.apache.commons.net.ftp.parser.VMSFTPEntryParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The other opinion: commons-net reads the corpora too. Where it reads a line, it agrees with us, but for the differences that {@link Difference} lists; and it reads at
 * least so many of them that the agreement means something.
 */
final class ListingOracleTest {

    private static FTPFileEntryParser theirs(ListingDialect dialect, ListingCorpus.Listing listing) {
        FTPClientConfig config = switch (dialect) {
            case WINDOWS -> new FTPClientConfig(FTPClientConfig.SYST_NT, "MM-dd-yy hh:mma", null);
            case VMS -> new FTPClientConfig(FTPClientConfig.SYST_VMS);
            case OS400 -> new FTPClientConfig(FTPClientConfig.SYST_OS400);
            case OS2 -> new FTPClientConfig(FTPClientConfig.SYST_OS2);
            case NETWARE -> new FTPClientConfig(FTPClientConfig.SYST_NETWARE);
            default -> new FTPClientConfig(FTPClientConfig.SYST_UNIX);
        };
        config.setServerTimeZoneId(listing.zone().getId());
        return switch (dialect) {
            case WINDOWS -> new NTFTPEntryParser(config);
            case VMS -> new VMSFTPEntryParser(config);
            case OS400 -> new OS400FTPEntryParser(config);
            case OS2 -> new OS2FTPEntryParser(config);
            case NETWARE -> new NetwareFTPEntryParser(config);
            case MVS -> new MVSFTPEntryParser();
            default -> new UnixFTPEntryParser(config);
        };
    }

    private enum Difference {
        /** A line without a year is the last such day for us, counted from the listing's now; it counts from its own clock. */
        NO_YEAR,
        /** The seconds and year that BSD's ls -lT has are part of the name for it. */
        YEAR_BEHIND_TIME,
        /** Spaces before and behind a name are its own for us; it takes them off. */
        SPACES,
        /** It keeps .DIR, which CWD does not take. */
        VMS_DIRECTORY,
        /** It gives all versions of a file one name; for us the older ones keep theirs. */
        VMS_VERSION,
        /** It reads all dates of IBM i as year, month, day; we learn from those that cannot be. */
        DATE_ORDER,
        /** A member's name has its file before it for it, so that it is no name in this directory. */
        MEMBER,
        /** With the space that z/OS puts before members, it finds no name. */
        NO_NAME,
        UNKNOWN
    }

    private static Difference why(String what, ListingLine.Entry ours, FTPFile theirs, String line) {
        String name = ours.entry().name();
        boolean noYear = ours.time() == TimePrecision.MINUTE || ours.time() == TimePrecision.SECOND;
        if (what.equals("time")) {
            return line.contains(" *") ? Difference.DATE_ORDER : noYear ? Difference.NO_YEAR : Difference.UNKNOWN;
        }
        if (!what.equals("name")) {
            return Difference.UNKNOWN;
        }
        if (line.startsWith(name + ".DIR;")) {
            return Difference.VMS_DIRECTORY;
        }
        if (name.startsWith(theirs.getName() + ";")) {
            return Difference.VMS_VERSION;
        }
        if (theirs.getName().endsWith("/" + name)) {
            return Difference.MEMBER;
        }
        if (theirs.getName().isEmpty()) {
            return Difference.NO_NAME;
        }
        if (theirs.getName().strip().equals(name.strip())) {
            return Difference.SPACES;
        }
        return theirs.getName().endsWith(" " + name) && ours.time() == TimePrecision.SECOND
                ? Difference.YEAR_BEHIND_TIME
                : Difference.UNKNOWN;
    }

    private static List<String> differences(ListingLine.Entry ours, FTPFile theirs) {
        List<String> result = new ArrayList<>();
        DirectoryEntry entry = ours.entry();
        if (!entry.name().equals(theirs.getName())) {
            result.add("name");
        }
        if (entry.info().isDirectory() != theirs.isDirectory()) {
            result.add("type");
        }
        if (ours.sized() && entry.info().size() != theirs.getSize()) {
            result.add("size");
        }
        if (theirs.getTimestamp() != null && ours.time() != TimePrecision.UNKNOWN) {
            Instant time = theirs.getTimestamp().toInstant().truncatedTo(ChronoUnit.SECONDS);
            if (!time.equals(entry.info().modified())) {
                result.add("time");
            }
        }
        return result;
    }

    /** What it reads; null if it does not, or throws, as it does for numbers that are too long and lines that are too short. */
    private static @Nullable FTPFile read(FTPFileEntryParser parser, String line) {
        try {
            return parser.parseFTPEntry(line);
        } catch (RuntimeException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({"UNIX, 300", "WINDOWS, 200", "VMS, 100", "OS400, 80", "OS2, 200", "NETWARE, 240", "MVS, 90"})
    void commonsNetAgreesWhereItReadsALineOrWeKnowWhyNot(ListingDialect dialect, int least) {
        int agreed = 0;
        EnumMap<Difference, Integer> differ = new EnumMap<>(Difference.class);
        for (ListingCorpus.Listing listing : ListingCorpus.of(dialect)) {
            FTPFileEntryParser theirs = theirs(dialect, listing);
            ListingParser ours = dialect.parser(listing.now(), listing.zone());
            List<String> lines = listing.cases().stream()
                    .flatMap(one -> one.lines().stream())
                    .toList();
            if (dialect == ListingDialect.MVS) {
                theirs.preParse(new ArrayList<>(lines));
            }
            for (String line : lines) {
                FTPFile file = read(theirs, line);
                if (!(ours.parse(line) instanceof ListingLine.Entry entry) || file == null) {
                    continue;
                }
                List<String> differences = differences(entry, file);
                agreed += differences.isEmpty() ? 1 : 0;
                for (String what : differences) {
                    Difference why = why(what, entry, file, line);
                    assertThat(why)
                            .as("%s of %s: %s", what, line, file.getName())
                            .isNotEqualTo(Difference.UNKNOWN);
                    differ.merge(why, 1, Integer::sum);
                }
            }
        }
        assertThat(agreed).as("%s", differ).isGreaterThanOrEqualTo(least);
    }
}
