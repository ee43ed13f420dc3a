package io.portolan.examples.benchmarks.report;

/**
 * What Portolan shall reach.
 *
 * @param against whose figure it is compared with
 * @param bound for {@link Against#NOBODY} the figure, otherwise ours divided by theirs
 */
public record Goal(Against against, double bound) {

    /** Whose figure it is compared with. */
    public enum Against {
        /** The best of those written in C. */
        BEST_NATIVE,
        /** The other one on a JVM. */
        JAVA,
        /** The figure counts by itself. */
        NOBODY
    }
}
