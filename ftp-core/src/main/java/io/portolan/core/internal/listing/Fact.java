package io.portolan.core.internal.listing;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The facts of MLST and MLSD that we tell (RFC 3659, section 7.5, and those that ProFTPD made common). */
public enum Fact {
    /** What it is: {@code file}, {@code dir}, {@code cdir}, {@code pdir} or {@code OS.unix=slink:target}. */
    TYPE("type"),
    /** Bytes of a file. */
    SIZE("size"),
    /** When the content last changed. */
    MODIFY("modify"),
    /** When it was made. */
    CREATE("create"),
    /** What the user may do with it (RFC 3659, section 7.5.5). */
    PERM("perm"),
    /** Equal for two names of one file only. */
    UNIQUE("unique"),
    /** The mode in octal. */
    UNIX_MODE("UNIX.mode"),
    /** The owner's number. */
    UNIX_OWNER("UNIX.owner"),
    /** The group's number. */
    UNIX_GROUP("UNIX.group"),
    /** The owner's name. */
    UNIX_OWNERNAME("UNIX.ownername"),
    /** The group's name. */
    UNIX_GROUPNAME("UNIX.groupname");

    private final String factName;

    Fact(String factName) {
        this.factName = factName;
    }

    /** The name on the wire. */
    public String factName() {
        return factName;
    }

    /** The facts as FEAT lists them, those that are told now with a star: {@code type*;size*;create;}. */
    public static String feat(Set<Fact> enabled) {
        StringBuilder out = new StringBuilder();
        for (Fact fact : values()) {
            out.append(fact.factName).append(enabled.contains(fact) ? "*;" : ";");
        }
        return out.toString();
    }

    /** The facts as the reply to OPTS MLST lists them: {@code type;size;}. */
    public static String opts(Set<Fact> enabled) {
        StringBuilder out = new StringBuilder();
        for (Fact fact : values()) {
            if (enabled.contains(fact)) {
                out.append(fact.factName).append(';');
            }
        }
        return out.toString();
    }

    /** Reads what follows {@code OPTS MLST}; as RFC 3659, section 7.9 asks, what is not known is left out without an error. */
    public static EnumSet<Fact> parseOpts(String list) {
        EnumSet<Fact> result = EnumSet.noneOf(Fact.class);
        String asked = ";" + list.strip().toLowerCase(Locale.ROOT) + ";";
        for (Fact fact : values()) {
            if (asked.contains(";" + fact.factName.toLowerCase(Locale.ROOT) + ";")) {
                result.add(fact);
            }
        }
        return result;
    }
}
