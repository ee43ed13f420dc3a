package io.portolan.ftp.server.internal.session;

import io.portolan.core.internal.listing.Fact;
import java.util.EnumSet;
import java.util.Set;

/**
 * What OPTS and EPSV ALL have set.
 *
 * @param hashAlgorithm HASH's algorithm, by FTP's name for it
 * @param facts what MLST and MLSD tell
 * @param extendedPassiveOnly whether EPSV ALL was said (RFC 2428 §4)
 */
public record SessionOptions(String hashAlgorithm, Set<Fact> facts, boolean extendedPassiveOnly) {

    /** What file managers show, and what mirrors set; the rest costs more than it is asked for. */
    static final SessionOptions INITIAL = new SessionOptions(
            "SHA-256", EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY, Fact.PERM, Fact.UNIX_MODE), false);

    /** Checks the components. */
    public SessionOptions {
        facts = Set.copyOf(facts);
    }

    public SessionOptions withHashAlgorithm(String name) {
        return new SessionOptions(name, facts, extendedPassiveOnly);
    }

    public SessionOptions withFacts(Set<Fact> enabled) {
        return new SessionOptions(hashAlgorithm, enabled, extendedPassiveOnly);
    }

    public SessionOptions withExtendedPassiveOnly() {
        return new SessionOptions(hashAlgorithm, facts, true);
    }

    /** What REIN and a new USER leave: EPSV ALL binds until the connection ends (RFC 2428 §4). */
    SessionOptions reset() {
        return extendedPassiveOnly ? INITIAL.withExtendedPassiveOnly() : INITIAL;
    }
}
