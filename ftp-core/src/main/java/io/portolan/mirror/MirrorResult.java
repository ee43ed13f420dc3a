package io.portolan.mirror;

import java.util.List;

/** What a mirror has done. Immutable. */
public final class MirrorResult {

    private final long copied;
    private final long octets;
    private final long unchanged;
    private final long directoriesMade;
    private final long deleted;
    private final long skipped;
    private final long failed;
    private final List<MirrorFailure> failures;

    /**
     * Makes a result.
     *
     * @param copied files that were copied, and symbolic links that were made
     * @param octets octets of their contents
     * @param unchanged files that were left as they are
     * @param directoriesMade directories that were made
     * @param deleted files and directories that were deleted, each directory counted once
     * @param skipped what was left out of the source
     * @param failed what could not be done
     * @param failures the first of them
     */
    public MirrorResult(
            long copied,
            long octets,
            long unchanged,
            long directoriesMade,
            long deleted,
            long skipped,
            long failed,
            List<MirrorFailure> failures) {
        this.copied = copied;
        this.octets = octets;
        this.unchanged = unchanged;
        this.directoriesMade = directoriesMade;
        this.deleted = deleted;
        this.skipped = skipped;
        this.failed = failed;
        this.failures = List.copyOf(failures);
    }

    /**
     * Files that were copied, and symbolic links that were made.
     *
     * @return how many
     */
    public long copied() {
        return copied;
    }

    /**
     * Octets of the files that were copied.
     *
     * @return how many
     */
    public long octets() {
        return octets;
    }

    /**
     * Files that were left as they are.
     *
     * @return how many
     */
    public long unchanged() {
        return unchanged;
    }

    /**
     * Directories that were made.
     *
     * @return how many
     */
    public long directoriesMade() {
        return directoriesMade;
    }

    /**
     * Files and directories that were deleted, a directory with all that was in it counted once.
     *
     * @return how many
     */
    public long deleted() {
        return deleted;
    }

    /**
     * What was left out of the source.
     *
     * @return how many
     */
    public long skipped() {
        return skipped;
    }

    /**
     * What could not be done.
     *
     * @return how many; 0 if the target is now like the source, but for what was left out
     */
    public long failed() {
        return failed;
    }

    /**
     * The first things that could not be done.
     *
     * @return at most 1,000 of them
     */
    public List<MirrorFailure> failures() {
        return failures;
    }

    @Override
    public String toString() {
        return copied + " copied (" + octets + " octets), " + unchanged + " unchanged, " + directoriesMade
                + " directories made, " + deleted + " deleted, " + skipped + " skipped, " + failed + " failed";
    }
}
