package io.portolan.core.internal.listing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LIST of a server whose format is not known: the parser that read the line before is asked first, then all others in the order of {@link ListingDialect}. So a
 * listing that a server puts together from several systems is read as well.
 */
public final class AutomaticListParser implements ListingParser {

    private final List<ListingParser> parsers = new ArrayList<>();
    private ListingParser last;

    /**
     * Makes a parser.
     *
     * @param now the time from which years are counted that a line does not tell
     * @param zone the zone of the server's times
     * @param hint the format to try first; may be null
     */
    public AutomaticListParser(Instant now, ZoneId zone, @Nullable ListingDialect hint) {
        last = (hint == null ? ListingDialect.UNIX : hint).parser(now, zone);
        parsers.add(last);
        for (ListingDialect dialect : ListingDialect.values()) {
            if (dialect != (hint == null ? ListingDialect.UNIX : hint)) {
                parsers.add(dialect.parser(now, zone));
            }
        }
    }

    @Override
    public ListingLine parse(String line) {
        ListingLine result = last.parse(line);
        if (!(result instanceof ListingLine.NotUnderstood)) {
            return result;
        }
        for (ListingParser parser : parsers) {
            if (parser != last) {
                result = parser.parse(line);
                if (!(result instanceof ListingLine.NotUnderstood)) {
                    last = parser;
                    return result;
                }
            }
        }
        return result;
    }
}
