package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.ProtocolVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions that we speak. */
final class Versions {

    /** From the oldest to the newest. */
    static final List<ProtocolVersion> ALL =
            List.of(Version3.INSTANCE, NewerVersion.FOUR, NewerVersion.FIVE, NewerVersion.SIX);

    /** What the extension "versions" tells (draft-ietf-secsh-filexfer-13 section 5.5). */
    static final String LIST =
            ALL.stream().map(version -> Integer.toString(version.number())).collect(Collectors.joining(","));

    private Versions() {}

    /** The newest that is not newer than what a client has offered; for one that is older than all of ours, the oldest. */
    static ProtocolVersion upTo(long offered) {
        ProtocolVersion chosen = ALL.get(0);
        for (ProtocolVersion version : ALL) {
            if (version.number() <= offered) {
                chosen = version;
            }
        }
        return chosen;
    }

    /** The version of a name in {@link #LIST}. */
    static Optional<ProtocolVersion> named(String name) {
        return ALL.stream()
                .filter(version -> Integer.toString(version.number()).equals(name))
                .findFirst();
    }
}
