package io.portolan.core.internal.listing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of LIST that can be read. The order is that in which they are tried: the likely and unmistakable first. */
public enum ListingDialect {
    /** {@code ls -l}, z/OS's HFS, and the Macintosh's Peter Lewis server. */
    UNIX("UNIX", "MACOS"),
    /** IIS and what imitates it. */
    WINDOWS("WINDOWS", "WIN32"),
    /** D. J. Bernstein's. */
    EPLF("PUBLICFILE"),
    /** IBM i. */
    OS400("OS/400", "AS/400"),
    /** OpenVMS. */
    VMS("VMS"),
    /** Novell. */
    NETWARE("NETWARE"),
    /** OS/2. */
    OS2("OS/2"),
    /** HPE NonStop's Guardian. */
    NONSTOP("NONSTOP", "GUARDIAN", "TANDEM"),
    /** z/OS's data sets, members and jobs. */
    MVS("MVS", "Z/OS", "OS/390");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> systems;

    ListingDialect(String... systems) {
        this.systems = List.of(systems);
    }

    /**
     * The format that a server's answer to SYST lets expect. It is only a hint: servers tell {@code UNIX} to please clients, and list as Windows does.
     *
     * @param system the reply's text, such as {@code UNIX Type: L8}
     * @return the format, if the text names one
     */
    public static Optional<ListingDialect> ofSystem(String system) {
        String upper = system.toUpperCase(Locale.ROOT);
        for (ListingDialect dialect : values()) {
            for (String name : dialect.systems) {
                if (upper.contains(name)) {
                    return Optional.of(dialect);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A parser for one listing.
     *
     * @param now the time from which years are counted that a line does not tell
     * @param zone the zone of the server's times
     */
    public ListingParser parser(Instant now, ZoneId zone) {
        return switch (this) {
            case UNIX -> new UnixListParser(now, zone);
            case WINDOWS -> new WindowsListParser(zone);
            case EPLF -> new EplfParser();
            case OS400 -> new Os400ListParser(zone);
            case VMS -> new VmsListParser(zone);
            case NETWARE -> new NetWareListParser(now, zone);
            case OS2 -> new Os2ListParser(zone);
            case NONSTOP -> new NonStopListParser(zone);
            case MVS -> new MvsListParser(zone);
        };
    }
}
