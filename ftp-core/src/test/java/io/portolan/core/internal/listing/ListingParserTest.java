package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.VirtualPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;
import org.apache.commons.net.ftp.parser.NTFTPEntryParser;
import org.apache.commons.net.ftp.parser.UnixFTPEntryParser;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingParserTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final ListingParser unix = new UnixListParser(NOW, ZoneOffset.UTC);
    private final ListingParser windows = new WindowsListParser(ZoneOffset.UTC);
    private final ListingParser mlsx = new MlsxParser();
    private final ListingParser eplf = new EplfParser();

    private static List<ListingParser> all() {
        List<ListingParser> result = new ArrayList<>(List.of(new MlsxParser()));
        for (ListingDialect dialect : ListingDialect.values()) {
            result.add(dialect.parser(NOW, ZoneOffset.UTC));
        }
        ListingParser members = ListingDialect.MVS.parser(NOW, ZoneOffset.UTC);
        members.parse(" Name     VV.MM   Created       Changed      Size  Init   Mod   Id");
        result.add(members);
        ListingParser dataSets = ListingDialect.MVS.parser(NOW, ZoneOffset.UTC);
        dataSets.parse("Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname");
        result.add(dataSets);
        return result;
    }

    private static DirectoryEntry entry(ListingParser parser, String line) {
        assertThat(parser.parse(line)).as(line).isInstanceOf(ListingLine.Entry.class);
        return ((ListingLine.Entry) parser.parse(line)).entry();
    }

    private static void assertEntry(DirectoryEntry entry, String name, FileType type, long size, String modified) {
        assertThat(entry.name()).isEqualTo(name);
        assertThat(entry.info().type()).isEqualTo(type);
        assertThat(entry.info().size()).isEqualTo(size);
        assertThat(entry.info().modified()).isEqualTo(Instant.parse(modified));
    }

    @Test
    void unixLinesOfManyServersAreRead() {
        assertEntry(
                entry(unix, "-rw-r--r--   1 alice    staff        1234 Nov  2 03:04 a b.txt"),
                "a b.txt",
                FileType.FILE,
                1234,
                "2026-11-02T03:04:00Z");
        assertEntry(
                entry(unix, "drwxr-xr-x+  5 0 0 4096 Jan 31  2020 d"),
                "d",
                FileType.DIRECTORY,
                4096,
                "2020-01-31T00:00:00Z");
        assertEntry(
                entry(unix, "-rw-r--r--   1 domain users admins  7 Dec 31 23:59 last year"),
                "last year",
                FileType.FILE,
                7,
                "2025-12-31T23:59:00Z");
        assertEntry(
                entry(unix, "-rw-r--r-- 1 ftp 99 Feb 29 10:00 leap"),
                "leap",
                FileType.FILE,
                99,
                "2024-02-29T10:00:00Z");
        assertEntry(
                entry(unix, "-rw-r--r-- 1 u g 12 2024-02-03 04:05 iso"),
                "iso",
                FileType.FILE,
                12,
                "2024-02-03T04:05:00Z");
        assertEntry(
                entry(unix, "-rw-r--r-- 1 u g 12 Nov 22 20:00 ahead"),
                "ahead",
                FileType.FILE,
                12,
                "2026-11-22T20:00:00Z");
        assertEntry(
                entry(unix, "crw-rw-rw- 1 root root 1, 3 Jan 01 2020 null"),
                "null",
                FileType.OTHER,
                0,
                "2020-01-01T00:00:00Z");
    }

    @Test
    void aUnixLinkIsCutAtItsArrow() {
        DirectoryEntry link = entry(unix, "lrwxrwxrwx 1 u g 3 Nov  2 03:04 a -> b -> c");
        assertThat(link.name()).isEqualTo("a");
        assertThat(link.info().linkTarget()).contains("b -> c");
        assertThat(entry(unix, "-rw-rw-rw- 1 u g 3 Nov  2 03:04 a -> b").name()).isEqualTo("a -> b");
    }

    @Test
    void spacesAroundAUnixNameBelongToIt() {
        assertThat(entry(unix, "-rw-r--r-- 1 u g 3 Nov  2 03:04   a  ").name()).isEqualTo("  a  ");
    }

    @Test
    void permissionsOwnersAndLinkCountAreRead() {
        FileInfo info = entry(unix, "-rwsr-S--T 3 alice staff 3 Nov 02 03:04 f").info();
        assertThat(info.permissionBits()).hasValue(07740);
        assertThat(info.owner()).contains("alice");
        assertThat(info.group()).contains("staff");
        assertThat(info.linkCount()).hasValue(3);
    }

    @Test
    void timesAreInTheServersZone() {
        ListingParser tokyo = new UnixListParser(NOW, ZoneId.of("Asia/Tokyo"));
        assertEntry(entry(tokyo, "-rw-r--r-- 1 u g 1 Nov 02 03:04 f"), "f", FileType.FILE, 1, "2026-11-01T18:04:00Z");
    }

    @Test
    void windowsLinesAreRead() {
        assertEntry(
                entry(windows, "11-02-26  03:04PM       <DIR>          Program Files"),
                "Program Files",
                FileType.DIRECTORY,
                0,
                "2026-11-02T15:04:00Z");
        assertEntry(
                entry(windows, "11-02-2026  12:04AM                 1234 a b.txt"),
                "a b.txt",
                FileType.FILE,
                1234,
                "2026-11-02T00:04:00Z");
        assertEntry(entry(windows, "2026-11-02  13:04    12  x"), " x", FileType.FILE, 12, "2026-11-02T13:04:00Z");
        DirectoryEntry link = entry(windows, "11-02-99  03:04PM    <JUNCTION>     j [C:\\x]");
        assertEntry(link, "j", FileType.SYMBOLIC_LINK, 0, "1999-11-02T15:04:00Z");
        assertThat(link.info().linkTarget()).contains("C:\\x");
    }

    @Test
    void eplfLinesAreRead() {
        assertEntry(
                entry(eplf, "+i8388621.48594,m825718503,r,s280,up644,\tdjb.html"),
                "djb.html",
                FileType.FILE,
                280,
                "1996-03-01T22:15:03Z");
        assertThat(entry(eplf, "+i8388621.48594,m825718503,r,s280,up644,\tdjb.html")
                        .info()
                        .permissionBits())
                .hasValue(0644);
        assertThat(entry(eplf, "+/,m824255907,\t514").info().isDirectory()).isTrue();
    }

    @Test
    void factsAreReadInAnyCaseAndOrder() {
        DirectoryEntry entry = entry(
                mlsx,
                "Size=3;Type=file;x.unknown=1;UNIX.mode=0640;UNIX.ownername=u;Modify=20260102030405.5;Unique=a1; a; b=c");
        assertEntry(entry, "a; b=c", FileType.FILE, 3, "2026-01-02T03:04:05.5Z");
        assertThat(entry.info().permissionBits()).hasValue(0640);
        assertThat(entry.info().uniqueId()).contains("a1");
        assertThat(entry.info().owner()).contains("u");
        assertThat(MlsxParser.facts("Type=dir; x")).isEqualTo(Map.of("type", "dir"));
    }

    @Test
    void factsThatMakeNoSenseAreLeftOut() {
        assertEntry(
                entry(mlsx, "type=file;size=-1;modify=yesterday;UNIX.mode=9;UNIX.owner=99999999999; f"),
                "f",
                FileType.FILE,
                0,
                "1970-01-01T00:00:00Z");
        assertThat(mlsx.parse("type=file;size=-1;modify=yesterday; f"))
                .isInstanceOfSatisfying(ListingLine.Entry.class, entry -> {
                    assertThat(entry.sized()).isFalse();
                    assertThat(entry.time()).isEqualTo(TimePrecision.UNKNOWN);
                });
    }

    @Test
    void linksAmongFactsAreRead() {
        assertThat(entry(mlsx, "type=OS.unix=slink:/x/Y; l").info().linkTarget())
                .contains("/x/Y");
        assertThat(entry(mlsx, "type=OS.unix=symlink; l").info().type()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(entry(mlsx, "type=OS.unix=blkdev; b").info().type()).isEqualTo(FileType.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "total 12", "drwxr-xr-x 2 u g 1 Nov  2 03:04 .", "drwxr-xr-x 2 u g 1 Nov  2 03:04 .."})
    void unixLinesThatStandForNothingAreSkipped(String line) {
        assertThat(unix.parse(line)).isEqualTo(ListingLine.SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "type=cdir; .", "type=pdir; ..", "Type=CDIR; /whatever", "type=dir; .."})
    void factsOfTheDirectoryItselfAreSkipped(String line) {
        assertThat(mlsx.parse(line)).isEqualTo(ListingLine.SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/b", "a\rb", "a\0b", "a\u001b[2Jb", "a\u0085"})
    void namesThatLeadElsewhereAreUnsafe(String name) {
        assertThat(unix.parse("-rw-r--r-- 1 u g 3 Nov  2 03:04 " + name)).isEqualTo(ListingLine.UNSAFE_NAME);
        assertThat(windows.parse("11-02-26  03:04PM  12 " + name)).isEqualTo(ListingLine.UNSAFE_NAME);
        assertThat(mlsx.parse("type=file; " + name)).isEqualTo(ListingLine.UNSAFE_NAME);
        assertThat(eplf.parse("+r,s1,\t" + name)).isEqualTo(ListingLine.UNSAFE_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "total",
                "-rw-r--r-- 1 u g",
                "-rw-r--r-- 1 u g big Nov 2 03:04 f",
                "garbage in, nothing out",
                "=;",
                "type=file;noname",
                "+"
            })
    void linesOfOtherFormatsAreToldAsSuch(String line) {
        for (ListingParser parser : List.of(unix, windows, mlsx, eplf)) {
            assertThat(parser.parse(line)).isEqualTo(ListingLine.NOT_UNDERSTOOD);
        }
    }

    @Test
    void aLongHostileLineTakesLittleTime() {
        String words = "-rw-r--r-- " + "1 Jan ".repeat(200_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (ListingParser parser : all()) {
                assertThat(parser.parse(words)).isNotNull();
                assertThat(parser.parse("1 *STMF " + words)).isNotNull();
                assertThat(parser.parse("A;1 " + "[1/2] (R) ".repeat(100_000))).isNotNull();
                assertThat(parser.parse("a=;".repeat(200_000) + " x")).isNotNull();
                assertThat(parser.parse("a=".repeat(200_000) + "; x")).isNotNull();
            }
        });
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("drwx-=;+,:. \t/0123456789JanAMPM<DIR>[]()*月日\\")
                        .ofMaxLength(80),
                Arbitraries.strings().ofMaxLength(40).map(text -> "-rw-r--r-- 1 u g 3 " + text),
                Arbitraries.strings().ofMaxLength(40).map(text -> "type=file;" + text),
                Arbitraries.strings().ofMaxLength(40).map(text -> "11-02-26  03:04PM " + text),
                Arbitraries.strings().ofMaxLength(40).map(text -> "+" + text + "\tx"),
                mutations());
    }

    /** Lines of the corpora with a piece exchanged or left out. */
    private static Arbitrary<String> mutations() {
        List<String> lines = new ArrayList<>();
        for (ListingDialect dialect : ListingDialect.values()) {
            ListingCorpus.of(dialect).forEach(listing -> listing.cases().forEach(one -> lines.addAll(one.lines())));
        }
        return Combinators.combine(
                        Arbitraries.of(lines),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.oneOf(
                                Arbitraries.strings().ofMaxLength(4),
                                Arbitraries.strings()
                                        .withChars("0123456789-/:;.[]() *")
                                        .ofMaxLength(6)))
                .as((line, at, length, piece) -> {
                    int from = Math.min(at, line.length());
                    return line.substring(0, from) + piece + line.substring(Math.min(line.length(), from + length));
                });
    }

    @Property(tries = 3000)
    void whateverComesIsAnAnswerAndNeverAnException(@ForAll("almost") String line) {
        for (ListingParser parser : all()) {
            assertThat(parser.parse(line)).isNotNull();
            if (parser.parse(line) instanceof ListingLine.Entry entry) {
                assertThat(VirtualPath.isValidName(entry.entry().name())).isTrue();
                assertThat(entry.time() == TimePrecision.UNKNOWN)
                        .isEqualTo(entry.entry()
                                .info()
                                .modified()
                                .equals(FileInfo.builder(FileType.FILE).build().modified()))
                        .describedAs(line);
            }
        }
    }

    @Provide
    Arbitrary<DirectoryEntry> entries() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("ab .;=-_1\u00e9\u6587")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> !name.equals(".") && !name.equals(".."));
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
        return Combinators.combine(
                        names,
                        Arbitraries.of(FileType.FILE, FileType.DIRECTORY, FileType.SYMBOLIC_LINK),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        times,
                        Arbitraries.integers().between(0, 07777))
                .as((name, type, size, time, bits) -> new DirectoryEntry(
                        name,
                        FileInfo.builder(type)
                                .size(type == FileType.FILE ? size : 0)
                                .modified(time)
                                .permissionBits(bits)
                                .owner("alice")
                                .group("staff")
                                .linkCount(1)
                                .build()));
    }

    private static String written(ListingFormat format, DirectoryEntry entry) {
        OctetWriter out = new OctetWriter();
        assertThat(format.write(entry, out)).isTrue();
        String line = new String(out.toByteArray(), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\r\n");
        return line.substring(0, line.length() - 2);
    }

    @Property
    void theFactsThatAreWrittenAreRead(@ForAll("entries") DirectoryEntry entry) {
        FactsFormat format = new FactsFormat(
                EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY, Fact.UNIX_MODE, Fact.UNIX_OWNERNAME, Fact.UNIX_GROUPNAME),
                (name, info) -> "",
                ControlCharset.UTF_8);
        DirectoryEntry read = entry(mlsx, written(format, entry));
        assertThat(read.name()).isEqualTo(entry.name());
        assertThat(read.info().toBuilder().linkCount(1).build()).isEqualTo(entry.info());
    }

    @Property
    void theUnixLinesThatAreWrittenAreRead(@ForAll("entries") DirectoryEntry entry) {
        DirectoryEntry read = entry(unix, written(new UnixListFormat(ControlCharset.UTF_8, NOW), entry));
        assertThat(read.name()).isEqualTo(entry.name());
        boolean recent = entry.info().modified().isAfter(NOW.minus(182, ChronoUnit.DAYS))
                && entry.info().modified().isBefore(NOW.plus(1, ChronoUnit.HOURS));
        Instant shown = entry.info().modified().truncatedTo(recent ? ChronoUnit.MINUTES : ChronoUnit.DAYS);
        assertThat(read.info())
                .isEqualTo(entry.info().toBuilder().modified(shown).build());
    }

    @Property
    void commonsNetReadsTheFactsThatAreWritten(@ForAll("entries") DirectoryEntry entry) {
        // It takes no line with a second equals sign in a fact, which RFC 3659's own OS.unix=slink has.
        Assume.that(entry.info().type() != FileType.SYMBOLIC_LINK);
        FactsFormat format = new FactsFormat(
                EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY), (name, info) -> "", ControlCharset.UTF_8);
        FTPFile file = MLSxEntryParser.parseEntry(written(format, entry));
        assertThat(file.getName()).isEqualTo(entry.name());
        assertThat(file.isDirectory()).isEqualTo(entry.info().isDirectory());
        assertThat(file.getTimestamp().toInstant()).isEqualTo(entry.info().modified());
        if (entry.info().isFile()) {
            assertThat(file.getSize()).isEqualTo(entry.info().size());
        }
    }

    @Property
    void commonsNetReadsTheUnixLinesThatAreWritten(@ForAll("entries") DirectoryEntry entry) {
        // It trims names, and knows no year of which the line does not tell but its own clock's.
        String name = "n" + entry.name().strip() + "n";
        FileInfo info = entry.info().toBuilder()
                .modified(NOW.minus(400, ChronoUnit.DAYS))
                .build();
        String line = written(new UnixListFormat(ControlCharset.UTF_8, NOW), new DirectoryEntry(name, info));
        FTPFile file = new UnixFTPEntryParser().parseFTPEntry(line);
        assertThat(file.getName()).isEqualTo(name);
        assertThat(file.getSize()).isEqualTo(info.size());
        assertThat(file.isDirectory()).isEqualTo(info.isDirectory());
        assertThat(file.getUser()).isEqualTo("alice");
        assertThat(file.getGroup()).isEqualTo("staff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rw-r--r--   1 alice    staff        1234 Nov 02  2020 a b.txt",
                "drwxr-xr-x    5 1000     1000         4096 Jan 31  2020 d",
                "lrwxrwxrwx   1 root     root            11 Mar 04  2019 link -> target",
                "-rw-rw-rw-   1 0        0       99999999999 Dec 31  1999 big"
            })
    void commonsNetAgreesOnUnixLines(String line) {
        FTPFile theirs = new UnixFTPEntryParser().parseFTPEntry(line);
        assertAgree(entry(unix, line), theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05-26-95  10:57AM               143712 $LDR$",
                "12-05-96  05:03PM       <DIR>          absoft2",
                "05-20-97  03:31PM                  681 .bash history"
            })
    void commonsNetAgreesOnWindowsLines(String line) {
        assertAgree(entry(windows, line), new NTFTPEntryParser().parseFTPEntry(line));
    }

    private static void assertAgree(DirectoryEntry ours, FTPFile theirs) {
        assertThat(ours.name()).isEqualTo(theirs.getName());
        assertThat(ours.info().isDirectory()).isEqualTo(theirs.isDirectory());
        assertThat(ours.info().size()).isEqualTo(Math.max(0, theirs.getSize()));
        assertThat(ours.info().modified().atZone(ZoneOffset.UTC).toLocalDateTime())
                .isEqualTo(theirs.getTimestamp()
                        .toInstant()
                        .atZone(ZoneId.systemDefault())
                        .toLocalDateTime());
    }
}
