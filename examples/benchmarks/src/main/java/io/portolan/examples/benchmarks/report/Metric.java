package io.portolan.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is measured.
 *
 * @param moreIsBetter whether large figures are good ones
 * @param goals what is to be reached; all of them
 */
public record Metric(String name, String unit, boolean moreIsBetter, List<Goal> goals) {

    /** One of which large figures are good. */
    public static Builder more(String name, String unit) {
        return new Builder(name, unit, true);
    }

    /** One of which small figures are good. */
    public static Builder less(String name, String unit) {
        return new Builder(name, unit, false);
    }

    /** Collects the goals. */
    public static final class Builder {
        private final String name;
        private final String unit;
        private final boolean moreIsBetter;
        private final List<Goal> goals = new ArrayList<>();

        private Builder(String name, String unit, boolean moreIsBetter) {
            this.name = name;
            this.unit = unit;
            this.moreIsBetter = moreIsBetter;
        }

        public Builder atLeastBestNative(double ratio) {
            goals.add(new Goal(Goal.Against.BEST_NATIVE, ratio));
            return this;
        }

        public Builder atMostBestNative(double ratio) {
            goals.add(new Goal(Goal.Against.BEST_NATIVE, ratio));
            return this;
        }

        public Builder timesBetterThanJava(double times) {
            goals.add(new Goal(Goal.Against.JAVA, moreIsBetter ? times : 1 / times));
            return this;
        }

        public Builder atLeast(double figure) {
            goals.add(new Goal(Goal.Against.NOBODY, figure));
            return this;
        }

        public Builder atMost(double figure) {
            goals.add(new Goal(Goal.Against.NOBODY, figure));
            return this;
        }

        public Metric build() {
            return new Metric(name, unit, moreIsBetter, List.copyOf(goals));
        }
    }
}
