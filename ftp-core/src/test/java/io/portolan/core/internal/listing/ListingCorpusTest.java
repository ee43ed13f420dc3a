package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.codec.ControlCharset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listings of every dialect, read as they arrive. */
final class ListingCorpusTest {

    /** Octets that arrive together: fewer than a line has, and no divisor of anything. */
    private static final int CHUNK = 23;

    private static List<String> read(ListingParser parser, String listing) {
        byte[] octets = listing.getBytes(StandardCharsets.UTF_8);
        ListingReader reader = new ListingReader(parser, ControlCharset.UTF_8);
        List<String> result = new ArrayList<>();
        for (int at = 0; at < octets.length; at += CHUNK) {
            reader.add(ByteBuffer.wrap(octets, at, Math.min(CHUNK, octets.length - at)));
            take(reader, result);
        }
        reader.finish();
        take(reader, result);
        return result;
    }

    private static void take(ListingReader reader, List<String> result) {
        for (ListedLine line = reader.next(); line != null; line = reader.next()) {
            result.add(ListingCorpus.describe(line.result()));
        }
    }

    private static void assertRead(List<String> read, ListingCorpus.Listing listing) {
        List<String> expected = listing.expected();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(read.size(), expected.size()); i++) {
            String ours = i < read.size() ? read.get(i) : "(nothing)";
            String theirs = i < expected.size() ? expected.get(i) : "(nothing)";
            if (!ours.equals(theirs)) {
                differences.add(theirs + "\n      but: " + ours);
            }
        }
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachDialectHasAtLeast250Lines(ListingDialect dialect) {
        assertThat(ListingCorpus.of(dialect).stream()
                        .mapToInt(listing -> listing.cases().size())
                        .sum())
                .isGreaterThanOrEqualTo(250);
    }

    @ParameterizedTest
    @EnumSource
    void theDialectsParserReadsItsListings(ListingDialect dialect) {
        for (ListingCorpus.Listing listing : ListingCorpus.of(dialect)) {
            assertRead(read(dialect.parser(listing.now(), listing.zone()), listing.octets()), listing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAutomaticParserReadsThemWithoutAHint(ListingDialect dialect) {
        for (ListingCorpus.Listing listing : ListingCorpus.of(dialect)) {
            assertRead(read(new AutomaticListParser(listing.now(), listing.zone(), null), listing.octets()), listing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAutomaticParserReadsThemWithAWrongHint(ListingDialect dialect) {
        for (ListingCorpus.Listing listing : ListingCorpus.of(dialect)) {
            for (ListingDialect hint : ListingDialect.values()) {
                assertRead(
                        read(new AutomaticListParser(listing.now(), listing.zone(), hint), listing.octets()), listing);
            }
        }
    }
}
