package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.codec.ControlCharset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ListingReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String FILE = "-rw-r--r-- 1 u g 3 Nov  2 03:04 ";

    private final ListingReader reader = reader();

    private static ListingReader reader() {
        return new ListingReader(new AutomaticListParser(NOW, ZoneOffset.UTC, null), ControlCharset.UTF_8);
    }

    private static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ListedLine> take(ListingReader reader) {
        List<ListedLine> result = new ArrayList<>();
        for (ListedLine line = reader.next(); line != null; line = reader.next()) {
            result.add(line);
        }
        return result;
    }

    private List<String> names() {
        return take(reader).stream()
                .map(line -> ((ListingLine.Entry) line.result()).entry().name())
                .toList();
    }

    @Test
    void linesEndWithAnyNumberOfCarriageReturnsAndALineFeed() {
        reader.add(octets(FILE + "a\r\n" + FILE + "b\n" + FILE + "c\r\r\n" + FILE + "d"));
        assertThat(names()).containsExactly("a", "b", "c");
        reader.finish();
        assertThat(names()).containsExactly("d");
        assertThat(names()).isEmpty();
    }

    @Test
    void aCarriageReturnInsideANameMakesItUnsafe() {
        reader.add(octets(FILE + "a\rb\r\n"));
        assertThat(take(reader)).extracting(ListedLine::result).containsExactly(ListingLine.UNSAFE_NAME);
    }

    @Test
    void directBuffersAreReadAsOthersAre() {
        byte[] text = (FILE + "a\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(text.length).put(text).flip();
        reader.add(direct);
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aLineThatIsTooLongIsCutAndTold() {
        String longest = FILE + "x".repeat(ListingReader.MAX_LINE - FILE.length());
        reader.add(octets(longest + "\n" + longest + "x\n" + FILE + "a\n"));
        List<ListedLine> lines = take(reader);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).result()).isInstanceOf(ListingLine.Entry.class);
        assertThat(lines.get(1).result()).isEqualTo(ListingLine.NOT_UNDERSTOOD);
        assertThat(lines.get(1).text()).isEqualTo(longest);
        assertThat(lines.get(2).result()).isInstanceOf(ListingLine.Entry.class);
    }

    @Test
    void anEndlessLineTakesNoMoreThanTheLimit() {
        byte[] chunk = new byte[65_536];
        for (int i = 0; i < 16_384; i++) {
            reader.add(ByteBuffer.wrap(chunk));
            assertThat(reader.next()).isNull();
        }
        reader.finish();
        assertThat(take(reader))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).hasSize(ListingReader.MAX_LINE));
    }

    @Test
    void aMillionEntriesAreReadInConstantMemory() {
        byte[] hundred = (FILE + "a name of some length.txt\r\n").repeat(100).getBytes(StandardCharsets.UTF_8);
        long before = used();
        int entries = 0;
        for (int i = 0; i < 10_000; i++) {
            reader.add(ByteBuffer.wrap(hundred));
            for (ListedLine line = reader.next(); line != null; line = reader.next()) {
                entries += line.result() instanceof ListingLine.Entry ? 1 : 0;
            }
        }
        assertThat(entries).isEqualTo(1_000_000);
        assertThat(used() - before).isLessThan(8L << 20);
        assertThat(reader.next()).isNull();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void moreIsAddedOnlyWhenAllLinesAreTaken() {
        reader.add(octets(FILE + "a\n" + FILE + "b\n"));
        assertThat(reader.next()).isNotNull();
        assertThatThrownBy(() -> reader.add(octets("x"))).isInstanceOf(IllegalStateException.class);
        assertThat(take(reader)).hasSize(1);
        reader.finish();
        assertThatThrownBy(() -> reader.add(octets("x"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void halfAnEntryIsToldIfNoOtherHalfFollows() {
        reader.add(octets("LONG_NAME.TXT;1\n"));
        assertThat(reader.next()).isNull();
        reader.add(octets(FILE + "a\n"));
        assertThat(take(reader))
                .extracting(line -> ListingCorpus.describe(line.result()).split("\t", 2)[0])
                .containsExactly("unread", "file");
        reader.add(octets("LONG_NAME.TXT;1\n" + "x".repeat(10_000) + "\n"));
        assertThat(take(reader)).extracting(ListedLine::result).containsExactly(ListingLine.NOT_UNDERSTOOD);
        reader.add(octets("LONG_NAME.TXT;1"));
        reader.finish();
        assertThat(take(reader)).extracting(ListedLine::text).containsExactly("LONG_NAME.TXT;1");
    }

    @Test
    void namesThatAreNotUtf8AreReadAsTheFallback() {
        reader.add(ByteBuffer.wrap((FILE + "caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(names()).containsExactly("caf\u00e9");
    }

    @Provide
    Arbitrary<byte[]> listings() {
        Arbitrary<String> lines = Arbitraries.of(
                FILE + "a",
                "total 3",
                "11-02-26  03:04PM       <DIR>          d",
                "LONG.TXT;1",
                "    1/3 2-JAN-2020 10:11 [X] (RWED,R,R,)",
                "+r,s1,\tx",
                " Name     VV.MM   Created       Changed      Size  Init   Mod   Id",
                "MEMBER",
                "caf\u00e9",
                "");
        return Arbitraries.oneOf(
                lines.list().ofMaxSize(8).map(list -> String.join("\r\n", list).getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(100));
    }

    @Property(tries = 200)
    void aListingReadsTheSameWhereverItIsSplit(@ForAll("listings") byte[] listing) {
        ListingReader whole = reader();
        whole.add(ByteBuffer.wrap(listing));
        List<ListedLine> expected = take(whole);
        whole.finish();
        expected.addAll(take(whole));
        for (int at = 0; at <= listing.length; at++) {
            ListingReader split = reader();
            split.add(ByteBuffer.wrap(listing, 0, at));
            List<ListedLine> read = take(split);
            split.add(ByteBuffer.wrap(listing, at, listing.length - at));
            read.addAll(take(split));
            split.finish();
            read.addAll(take(split));
            assertThat(read).isEqualTo(expected);
        }
    }

    @Property
    void everyLineIsToldOnceAndNoneTwice(@ForAll("listings") byte[] listing) {
        ListingReader all = reader();
        all.add(ByteBuffer.wrap(listing));
        all.finish();
        int lines = 0;
        for (ListedLine line : take(all)) {
            assertThat(line.result()).isNotInstanceOf(ListingLine.Continued.class);
            lines++;
        }
        long ends = new String(listing, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
        assertThat((long) lines).isBetween((ends + 1) / 2, ends + 1);
    }
}
