package io.portolan.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a mirror is made. Immutable.
 *
 * <p>Patterns are those of shells: {@code *}, {@code ?}, {@code [a-z]}, in one name; {@code **} between slashes stands for any number of directories. A pattern
 * without a slash is for names at any depth ({@code *.tmp}), one with a slash for paths below the root ({@code /logs/*.gz}), and one with a slash at its end for
 * directories only ({@code node_modules/}). Case counts.
 */
public final class MirrorOptions {

    private static final MirrorOptions DEFAULTS = builder().build();

    private final MirrorComparison comparison;
    private final boolean deleteExtra;
    private final boolean keepTimes;
    private final boolean keepPermissions;
    private final MirrorLinks links;
    private final boolean verify;
    private final boolean atomicUploads;
    private final int parallel;
    private final int maxDepth;
    private final int maxEntries;
    private final int attempts;
    private final List<String> includes;
    private final List<String> excludes;

    private MirrorOptions(Builder builder) {
        comparison = builder.comparison;
        deleteExtra = builder.deleteExtra;
        keepTimes = builder.keepTimes;
        keepPermissions = builder.keepPermissions;
        links = builder.links;
        verify = builder.verify;
        atomicUploads = builder.atomicUploads;
        parallel = builder.parallel;
        maxDepth = builder.maxDepth;
        maxEntries = builder.maxEntries;
        attempts = builder.attempts;
        includes = List.copyOf(builder.includes);
        excludes = List.copyOf(builder.excludes);
    }

    /**
     * The defaults: whatever is new or changed by {@link MirrorComparison#SIZE_OR_NEWER} is copied, nothing is deleted, over 4 connections.
     *
     * @return the options
     */
    public static MirrorOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins with these options.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder result = new Builder();
        result.comparison = comparison;
        result.deleteExtra = deleteExtra;
        result.keepTimes = keepTimes;
        result.keepPermissions = keepPermissions;
        result.links = links;
        result.verify = verify;
        result.atomicUploads = atomicUploads;
        result.parallel = parallel;
        result.maxDepth = maxDepth;
        result.maxEntries = maxEntries;
        result.attempts = attempts;
        result.includes.addAll(includes);
        result.excludes.addAll(excludes);
        return result;
    }

    /**
     * By what changes are known.
     *
     * @return the comparison
     */
    public MirrorComparison comparison() {
        return comparison;
    }

    /**
     * Whether what the source has not is deleted in the target.
     *
     * @return whether it is
     */
    public boolean deleteExtra() {
        return deleteExtra;
    }

    /**
     * Whether copies get the time of their source.
     *
     * @return whether they do
     */
    public boolean keepTimes() {
        return keepTimes;
    }

    /**
     * Whether copies get the permission bits of their source.
     *
     * @return whether they do
     */
    public boolean keepPermissions() {
        return keepPermissions;
    }

    /**
     * What is done with symbolic links in the source.
     *
     * @return what
     */
    public MirrorLinks links() {
        return links;
    }

    /**
     * Whether copies are compared with their source.
     *
     * @return whether they are
     */
    public boolean verify() {
        return verify;
    }

    /**
     * Whether uploads appear under their name only when they are whole.
     *
     * @return whether they do
     */
    public boolean atomicUploads() {
        return atomicUploads;
    }

    /**
     * The most connections.
     *
     * @return 1 to 64
     */
    public int parallel() {
        return parallel;
    }

    /**
     * How deep directories may lie.
     *
     * @return 1 to 1,000
     */
    public int maxDepth() {
        return maxDepth;
    }

    /**
     * How many entries a directory may have.
     *
     * @return 1 to 10,000,000
     */
    public int maxEntries() {
        return maxEntries;
    }

    /**
     * How often a thing is tried.
     *
     * @return 1 to 100
     */
    public int attempts() {
        return attempts;
    }

    /**
     * The patterns of files that are wanted.
     *
     * @return the patterns; empty for all files
     */
    public List<String> includes() {
        return includes;
    }

    /**
     * The patterns of files and directories that are not wanted.
     *
     * @return the patterns
     */
    public List<String> excludes() {
        return excludes;
    }

    /** Builds options. */
    public static final class Builder {

        private static final int MAX_PARALLEL = 64;
        private static final int MAX_DEPTH = 1000;
        private static final int MAX_ENTRIES = 10_000_000;
        private static final int MAX_ATTEMPTS = 100;
        /** Each entry is matched against all of them. */
        private static final int MAX_PATTERNS = 1000;
        /** What matching one path costs is its names times these. */
        private static final int MAX_NAMES = 64;
        /** As long as names are nearly everywhere; 254 since the matcher puts a character before each. */
        private static final int MAX_NAME = 254;

        private MirrorComparison comparison = MirrorComparison.SIZE_OR_NEWER;
        private boolean deleteExtra;
        private boolean keepTimes = true;
        private boolean keepPermissions;
        private MirrorLinks links = MirrorLinks.SKIP;
        private boolean verify;
        private boolean atomicUploads;
        private int parallel = 4;
        private int maxDepth = 100;
        private int maxEntries = 1_000_000;
        private int attempts = 3;
        private final List<String> includes = new ArrayList<>();
        private final List<String> excludes = new ArrayList<>();

        private Builder() {}

        /**
         * Sets by what changes are known.
         *
         * @param comparison {@link MirrorComparison#SIZE_OR_NEWER} unless set
         * @return this
         */
        public Builder comparison(MirrorComparison comparison) {
            this.comparison = Objects.requireNonNull(comparison, "comparison");
            return this;
        }

        /**
         * Sets whether what the source has not is deleted in the target. What {@link #exclude} leaves out of the source is not deleted either, and nothing in a directory
         * whose listing was not wholly understood.
         *
         * @param delete false unless set
         * @return this
         */
        public Builder deleteExtra(boolean delete) {
            this.deleteExtra = delete;
            return this;
        }

        /**
         * Sets whether copies get the time of their source, where the target can have its times set and the source tells them.
         *
         * @param keep true unless set
         * @return this
         */
        public Builder keepTimes(boolean keep) {
            this.keepTimes = keep;
            return this;
        }

        /**
         * Sets whether files that are copied get the permission bits of their source (read, write and execute; never set-user-ID and its like), where the source tells them and the target can have them
         * set. With FTP they are set by SITE CHMOD. A file whose bits alone differ is not copied.
         *
         * @param keep false unless set, since a server could make files executable here
         * @return this
         */
        public Builder keepPermissions(boolean keep) {
            this.keepPermissions = keep;
            return this;
        }

        /**
         * Sets what is done with symbolic links in the source.
         *
         * @param links {@link MirrorLinks#SKIP} unless set
         * @return this
         */
        public Builder links(MirrorLinks links) {
            this.links = Objects.requireNonNull(links, "links");
            return this;
        }

        /**
         * Sets whether each copy is compared with its source behind its transfer, by the best that the server can: a checksum, else the size. A copy that differs has failed; one that was downloaded does not
         * appear.
         *
         * @param verify false unless set, since it costs a round trip for each file, and the server's reading of it
         * @return this
         */
        public Builder verify(boolean verify) {
            this.verify = verify;
            return this;
        }

        /**
         * Sets whether files are uploaded under another name in the same directory, and are given their own when they are whole, and verified if that is wanted. What is downloaded always appears so,
         * and with SFTP what is uploaded too, if the server can put a file in the place of another.
         *
         * @param atomic false unless set, since it costs two round trips for each file, and some servers put no file in the place of another
         * @return this
         */
        public Builder atomicUploads(boolean atomic) {
            this.atomicUploads = atomic;
            return this;
        }

        /**
         * Sets the most connections that are open at a time, which is also how many files are under way. If the server lets in fewer, it goes on with those.
         *
         * @param connections 1 to 64; 4 unless set
         * @return this
         */
        public Builder parallel(int connections) {
            this.parallel = within("parallel", connections, MAX_PARALLEL);
            return this;
        }

        /**
         * Sets how deep directories may lie, since a server can pretend that they never end.
         *
         * @param depth 1, which is the root alone, to 1,000; 100 unless set
         * @return this
         */
        public Builder maxDepth(int depth) {
            this.maxDepth = within("maxDepth", depth, MAX_DEPTH);
            return this;
        }

        /**
         * Sets how many entries a directory may have on either side, since a server can name some without end. One that has more fails; the others are mirrored. What there is to be done in one directory is held in
         * memory, some 300 octets and its name for each entry.
         *
         * @param entries 1 to 10,000,000; 1,000,000 unless set
         * @return this
         */
        public Builder maxEntries(int entries) {
            this.maxEntries = within("maxEntries", entries, MAX_ENTRIES);
            return this;
        }

        /**
         * Sets how often a thing is tried that fails in a way that may pass, such as a connection that breaks.
         *
         * @param attempts 1 to 100; 3 unless set
         * @return this
         */
        public Builder attempts(int attempts) {
            this.attempts = within("attempts", attempts, MAX_ATTEMPTS);
            return this;
        }

        /**
         * Takes files that match the pattern, or one of the others so added, and no others. Directories in which there are none are not made.
         *
         * @param pattern 1 to 254 characters between slashes, of which there are at most 63
         * @return this
         * @throws IllegalArgumentException if it is no pattern
         */
        public Builder include(String pattern) {
            return add(includes, pattern);
        }

        /**
         * Leaves out files and directories that match the pattern, whatever else they match.
         *
         * @param pattern 1 to 254 characters between slashes, of which there are at most 63
         * @return this
         * @throws IllegalArgumentException if it is no pattern
         */
        public Builder exclude(String pattern) {
            return add(excludes, pattern);
        }

        private Builder add(List<String> patterns, String pattern) {
            check(pattern);
            if (patterns.size() == MAX_PATTERNS) {
                throw new IllegalArgumentException("more than " + MAX_PATTERNS + " patterns");
            }
            patterns.add(pattern);
            return this;
        }

        private static void check(String pattern) {
            String text = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
            String[] names = (text.startsWith("/") ? text.substring(1) : text).split("/", -1);
            if (names.length > MAX_NAMES) {
                throw new IllegalArgumentException("pattern: more than " + MAX_NAMES + " names in " + pattern);
            }
            for (String name : names) {
                if (name.isEmpty() || name.length() > MAX_NAME) {
                    throw new IllegalArgumentException(
                            "pattern: a name of " + name.length() + " characters in " + pattern);
                }
            }
        }

        private static int within(String name, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(name + ": " + value + " is not within 1.." + most);
            }
            return value;
        }

        /**
         * Makes the options.
         *
         * @return the options
         */
        public MirrorOptions build() {
            return new MirrorOptions(this);
        }
    }
}
