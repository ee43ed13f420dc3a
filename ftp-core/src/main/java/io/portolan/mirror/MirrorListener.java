package io.portolan.mirror;

/**
 * Told what a mirror does while it runs, on its threads, one call at a time. What it throws ends the mirror. Implementations have to be quick, since the mirror waits.
 */
public interface MirrorListener {

    /** Told nothing. */
    MirrorListener NONE = new MirrorListener() {};

    /**
     * Something has been done; in a plan, would be done.
     *
     * @param action what
     */
    default void done(MirrorAction action) {}

    /**
     * Something of the source is left out.
     *
     * @param path where; for a line that was not understood the directory, a space, and the line
     * @param reason why
     */
    default void skipped(String path, MirrorSkip reason) {}

    /**
     * Something could not be done, and is not tried again.
     *
     * @param failure what
     */
    default void failed(MirrorFailure failure) {}
}
