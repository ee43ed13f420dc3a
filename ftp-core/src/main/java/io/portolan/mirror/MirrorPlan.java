package io.portolan.mirror;

import java.util.List;
import java.util.Objects;

/**
 * What a mirror would do. Immutable.
 *
 * @param actions the actions, in the order in which they were found; at most 100,000 of them, whatever their number is. A {@link MirrorListener} is told all.
 * @param counts how many of each there would be
 */
public record MirrorPlan(List<MirrorAction> actions, MirrorResult counts) {
    /** Copies the actions. */
    public MirrorPlan {
        actions = List.copyOf(actions);
        Objects.requireNonNull(counts, "counts");
    }
}
