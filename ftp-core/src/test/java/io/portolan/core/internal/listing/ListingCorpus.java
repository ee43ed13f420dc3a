package io.portolan.core.internal.listing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The listings under {@code src/test/resources/listing}, one file for each dialect. A line with {@code !} begins a listing and tells the time now and the zone; {@code <}
 * is a line as the server sends it, with ␀ and ␛ for NUL and ESC; {@code >} is what one or several lines before it stand for: {@code skipped}, {@code unsafe},
 * {@code unread}, or an entry's type, size, time, precision, mode, owner, group, name and link target with tabs between, {@code -} for what is not told.
 */
final class ListingCorpus {

    /** Lines that belong together, and what they stand for. */
    record Case(int number, List<String> lines, List<String> expected) {}

    /** One listing. */
    record Listing(Instant now, ZoneId zone, List<Case> cases) {

        String octets() {
            StringBuilder out = new StringBuilder();
            for (Case one : cases) {
                for (String line : one.lines) {
                    out.append(line).append("\r\n");
                }
            }
            return out.toString();
        }

        List<String> expected() {
            return cases.stream().flatMap(one -> one.expected.stream()).toList();
        }
    }

    private ListingCorpus() {}

    static List<Listing> of(ListingDialect dialect) {
        String resource = "/listing/" + dialect.name().toLowerCase(Locale.ROOT) + ".txt";
        List<String> lines;
        try (InputStream in = ListingCorpus.class.getResourceAsStream(resource)) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Listing> result = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String text = line.substring(Math.min(2, line.length()));
            switch (line.charAt(0)) {
                case '!' -> {
                    String[] words = text.split(" ", -1);
                    cases = new ArrayList<>();
                    result.add(new Listing(Instant.parse(words[1]), ZoneId.of(words[2]), cases));
                }
                case '<' -> {
                    if (cases.isEmpty() || !cases.get(cases.size() - 1).expected.isEmpty()) {
                        cases.add(new Case(i + 1, new ArrayList<>(), new ArrayList<>()));
                    }
                    cases.get(cases.size() - 1)
                            .lines
                            .add(text.replace('␀', '\0').replace('␛', '\u001b'));
                }
                case '>' -> cases.get(cases.size() - 1).expected.add(text);
                default -> {}
            }
        }
        return result;
    }

    /** A result as the files write it. */
    static String describe(ListingLine line) {
        if (line instanceof ListingLine.Entry entry) {
            var info = entry.entry().info();
            String type = switch (info.type()) {
                case FILE -> "file";
                case DIRECTORY -> "dir";
                case SYMBOLIC_LINK -> "link";
                case OTHER -> "other";
            };
            return String.join(
                    "\t",
                    type,
                    entry.sized() ? Long.toString(info.size()) : "-",
                    entry.time() == TimePrecision.UNKNOWN
                            ? "-"
                            : info.modified().toString(),
                    entry.time().name(),
                    info.permissionBits().isPresent()
                            ? Integer.toOctalString(info.permissionBits().getAsInt())
                            : "-",
                    info.owner().orElse("-"),
                    info.group().orElse("-"),
                    entry.entry().name(),
                    info.linkTarget().orElse("-"));
        }
        if (line instanceof ListingLine.Skipped) {
            return "skipped";
        }
        return line instanceof ListingLine.UnsafeName ? "unsafe" : "unread";
    }
}
