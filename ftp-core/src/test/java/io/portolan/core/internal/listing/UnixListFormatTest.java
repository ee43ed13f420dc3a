package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UnixListFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant RECENT = Instant.parse("2026-11-02T03:04:05Z");

    private final UnixListFormat format = new UnixListFormat(ControlCharset.UTF_8, NOW);
    private final OctetWriter out = new OctetWriter();

    private String line(String name, FileInfo info) {
        assertThat(format.write(new DirectoryEntry(name, info), out)).isTrue();
        String line = new String(out.toByteArray(), StandardCharsets.UTF_8);
        out.truncate(0);
        return line;
    }

    private static FileInfo.Builder file(FileType type) {
        return FileInfo.builder(type).modified(RECENT).owner("alice").group("staff");
    }

    @Test
    void aFileIsAsLsWritesIt() {
        assertThat(line(
                        "a b.txt",
                        file(FileType.FILE)
                                .size(1234)
                                .permissionBits(0640)
                                .linkCount(2)
                                .build()))
                .isEqualTo("-rw-r-----    2 alice    staff            1234 Nov 02 03:04 a b.txt\r\n");
    }

    @Test
    void aDirectoryBeginsWithItsLetter() {
        assertThat(line("d", file(FileType.DIRECTORY).build()))
                .isEqualTo("drwxr-xr-x    1 alice    staff               0 Nov 02 03:04 d\r\n");
    }

    @Test
    void aLinkTellsItsTarget() {
        assertThat(line("l", file(FileType.SYMBOLIC_LINK).linkTarget("../x y").build()))
                .isEqualTo("lrwxrwxrwx    1 alice    staff               0 Nov 02 03:04 l -> ../x y\r\n");
    }

    @Test
    void aTargetThatCouldSplitTheLineIsNotTold() {
        assertThat(line("l", file(FileType.SYMBOLIC_LINK).linkTarget("x\r\n-rw").build()))
                .endsWith(" l\r\n")
                .doesNotContain("->");
    }

    @Test
    void theSpecialBitsTakeTheExecuteBitsPlaces() {
        assertThat(line("f", file(FileType.FILE).permissionBits(07777).build())).startsWith("-rwsrwsrwt ");
        assertThat(line("f", file(FileType.FILE).permissionBits(07000).build())).startsWith("---S--S--T ");
    }

    @Test
    void aTimeOfTheLastHalfYearHasNoYear() {
        FileInfo old =
                file(FileType.FILE).modified(NOW.minusSeconds(182 * 86_400L)).build();
        FileInfo young = file(FileType.FILE)
                .modified(NOW.minusSeconds(182 * 86_400L - 60))
                .build();
        assertThat(line("f", old)).contains(" May 24  2026 f");
        assertThat(line("f", young)).contains(" May 24 12:01 f");
    }

    @Test
    void aTimeAheadHasAYearButForAClockThatIsALittleFast() {
        assertThat(line("f", file(FileType.FILE).modified(NOW.plusSeconds(60)).build()))
                .contains(" Nov 22 12:01 f");
        assertThat(line("f", file(FileType.FILE).modified(NOW.plusSeconds(7200)).build()))
                .contains(" Nov 22  2026 f");
    }

    @Test
    void timesBeyondFourDigitsOfAYearAreShownAsTheNearest() {
        assertThat(line("f", file(FileType.FILE).modified(Instant.MAX).build())).contains(" Dec 31  9999 f");
        assertThat(line("f", file(FileType.FILE).modified(Instant.MIN).build())).contains(" Jan 01  0000 f");
    }

    @Test
    void ownersCannotShiftColumns() {
        FileInfo.Builder info = FileInfo.builder(FileType.FILE).modified(RECENT);
        assertThat(line(
                        "f",
                        info.owner("NT AUTHORITY\\SYSTEM").group("\u00e9\r\n").build()))
                .isEqualTo("-rw-r--r--    1 NT_AUTHORITY\\SYSTEM ___                 0 Nov 02 03:04 f\r\n");
        assertThat(line("f", info.owner("x".repeat(10_000)).build())).hasSizeLessThan(120);
    }

    @Test
    void numbersStandForOwnersWithoutNamesAndAPlaceholderForNone() {
        FileInfo.Builder info = FileInfo.builder(FileType.FILE).modified(RECENT);
        assertThat(line("f", info.build())).contains(" ftp      ftp      ");
        assertThat(line("f", info.ownerId(1000).groupId(7).build())).contains(" 1000     7        ");
    }

    @Test
    void theLargestSizeFits() {
        assertThat(line("f", file(FileType.FILE).size(Long.MAX_VALUE).build())).contains(" 9223372036854775807 Nov");
    }

    @Test
    void namesAreInTheSessionsCharset() {
        FileInfo info = file(FileType.FILE).build();
        assertThat(line("\u00e9\u6587", info)).endsWith(" \u00e9\u6587\r\n");
        new UnixListFormat(ControlCharset.only(StandardCharsets.ISO_8859_1), NOW).write("\u00e9", info, out);
        assertThat(out.toString()).endsWith(" \u00e9\r\n");
    }

    @Test
    void aNameThatCouldSplitTheLineIsLeftOut() {
        FileInfo info = file(FileType.FILE).build();
        for (String name : new String[] {"a\nb", "a\rb", "a\0b", "a\u001bb", "a\u0085b", "\u00e9\u2028b"}) {
            assertThat(format.write(name, info, out)).isFalse();
            assertThat(new NameListFormat("", ControlCharset.UTF_8).write(entryOrSkip(), out))
                    .isTrue();
            assertThat(out.toString()).isEqualTo("ok\r\n");
            out.truncate(0);
        }
    }

    private static DirectoryEntry entryOrSkip() {
        return new DirectoryEntry("ok", FileInfo.file(0, RECENT));
    }

    @Test
    void bareNamesMayHaveADirectoryBefore() {
        assertThat(new NameListFormat("pub/", ControlCharset.UTF_8).write(entryOrSkip(), out))
                .isTrue();
        assertThat(out.toString()).isEqualTo("pub/ok\r\n");
        assertThat(new NameListFormat("a\nb/", ControlCharset.UTF_8).write(entryOrSkip(), out))
                .isFalse();
    }

    @Test
    void manyLinesGrowTheWriterAndDrainIt() {
        StringBuilder expected = new StringBuilder();
        FileInfo info = file(FileType.FILE).build();
        for (int i = 0; i < 1000; i++) {
            format.write("name-" + i, info, out);
            expected.append("-rw-r--r--    1 alice    staff               0 Nov 02 03:04 name-")
                    .append(i)
                    .append("\r\n");
        }
        assertThat(out.toString()).isEqualTo(expected.toString());
        var buffer = Unpooled.buffer();
        out.drainTo(buffer);
        assertThat(out.length()).isZero();
        assertThat(buffer.toString(StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
        buffer.release();
    }
}
