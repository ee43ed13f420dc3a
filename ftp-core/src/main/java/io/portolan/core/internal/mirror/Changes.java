package io.portolan.core.internal.mirror;

import io.portolan.mirror.MirrorAction.Reason;
import io.portolan.mirror.MirrorComparison;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By what a file counts as changed. */
final class Changes {

    /** Listings that tell no fraction, and stores that keep none. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MirrorComparison comparison;

    Changes(MirrorComparison comparison) {
        this.comparison = comparison;
    }

    /** Whether files that size does not tell apart are told apart by their checksums. */
    boolean isHashed() {
        return comparison == MirrorComparison.HASH;
    }

    /** Why the source has to be copied, as far as a listing tells; null if it has not. */
    @Nullable
    Reason of(TreeEntry source, TreeEntry target) {
        boolean sized = source.size() >= 0 && target.size() >= 0;
        if (sized && source.size() != target.size()) {
            return Reason.SIZE;
        }
        Instant from = source.modified();
        Instant to = target.modified();
        if (from == null || to == null || comparison == MirrorComparison.SIZE) {
            return sized ? null : Reason.SIZE;
        }
        boolean newer = !from.isBefore(to.plus(width(target)));
        boolean older = !to.isBefore(from.plus(width(source)));
        return newer || older && comparison != MirrorComparison.SIZE_OR_NEWER ? Reason.TIME : null;
    }

    private static Duration width(TreeEntry entry) {
        return entry.within().compareTo(SECOND) < 0 ? SECOND : entry.within();
    }
}
