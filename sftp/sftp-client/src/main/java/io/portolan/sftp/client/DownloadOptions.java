package io.portolan.sftp.client;

import io.portolan.guard.RateLimit;
import io.portolan.transfer.TransferProgress;
import java.util.Objects;
import java.util.OptionalLong;

/** How a download is done. Immutable. */
public final class DownloadOptions {

    private static final DownloadOptions DEFAULTS = builder().build();

    private final Verification verification;
    private final RateLimit rateLimit;
    private final TransferProgress progress;
    private final boolean resume;
    private final boolean keepAttributes;
    private final OptionalLong offset;
    private final OptionalLong expectedSize;

    private DownloadOptions(Builder builder) {
        verification = builder.verification;
        rateLimit = builder.rateLimit;
        progress = builder.progress;
        resume = builder.resume;
        keepAttributes = builder.keepAttributes;
        offset = builder.offset;
        expectedSize = builder.expectedSize;
    }

    /**
     * As most downloads are done.
     *
     * @return the defaults
     */
    public static DownloadOptions defaults() {
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
        Builder builder = new Builder();
        builder.verification = verification;
        builder.rateLimit = rateLimit;
        builder.progress = progress;
        builder.resume = resume;
        builder.keepAttributes = keepAttributes;
        builder.offset = offset;
        builder.expectedSize = expectedSize;
        return builder;
    }

    /**
     * How it is found out afterwards whether the file is the same on both sides.
     *
     * @return the setting
     */
    public Verification verification() {
        return verification;
    }

    /**
     * A limit for this transfer, beside that of the client.
     *
     * @return the setting
     */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    /**
     * Who is told how far it has come.
     *
     * @return the setting
     */
    public TransferProgress progress() {
        return progress;
    }

    /**
     * Whether what is here already, as the sink tells, is taken for the beginning of the file, and left out.
     *
     * @return the setting
     */
    public boolean resume() {
        return resume;
    }

    /**
     * From which octet of the file on; the sink gets those from there only.
     *
     * @return the setting
     */
    public OptionalLong offset() {
        return offset;
    }

    /**
     * How large the whole file is, if that is known, as from a listing: a download that brings less has failed.
     *
     * @return the setting
     */
    public OptionalLong expectedSize() {
        return expectedSize;
    }

    /**
     * Whether what is downloaded gets the time of the last change and the permissions that the server tells.
     *
     * @return the setting
     */
    public boolean keepAttributes() {
        return keepAttributes;
    }

    /** Makes {@link DownloadOptions}. Not for several threads at once. */
    public static final class Builder {

        private Verification verification = Verification.NONE;
        private RateLimit rateLimit = RateLimit.unlimited();
        private TransferProgress progress = TransferProgress.none();
        private boolean resume = false;
        private boolean keepAttributes = false;
        private OptionalLong offset = OptionalLong.empty();
        private OptionalLong expectedSize = OptionalLong.empty();

        private Builder() {}

        /**
         * How it is found out afterwards whether the file is the same on both sides.
         *
         * @param value the way; by default {@link Verification#NONE}
         * @return this builder
         */
        public Builder verification(Verification value) {
            this.verification = Objects.requireNonNull(value, "verification");
            return this;
        }

        /**
         * A limit for this transfer, beside that of the client.
         *
         * @param value the limit, which transfers may share; by default none
         * @return this builder
         */
        public Builder rateLimit(RateLimit value) {
            this.rateLimit = Objects.requireNonNull(value, "rateLimit");
            return this;
        }

        /**
         * Who is told how far it has come.
         *
         * @param value the listener; by default nobody
         * @return this builder
         */
        public Builder progress(TransferProgress value) {
            this.progress = Objects.requireNonNull(value, "progress");
            return this;
        }

        /**
         * Whether what is here already, as the sink tells, is taken for the beginning of the file, and left out.
         *
         * @param value whether it is; by default false
         * @return this builder
         */
        public Builder resume(boolean value) {
            this.resume = value;
            return this;
        }

        /**
         * From which octet of the file on; the sink gets those from there only.
         *
         * @param octets how many octets of the file to leave out, 0 or more; by default 0
         * @return this builder
         */
        public Builder offset(long octets) {
            if (octets < 0) {
                throw new IllegalArgumentException("offset: " + octets + " is negative");
            }
            this.offset = OptionalLong.of(octets);
            return this;
        }

        /**
         * How large the whole file is, if that is known, as from a listing: a download that brings less has failed.
         *
         * @param octets the size of the whole file, 0 or more
         * @return this builder
         */
        public Builder expectedSize(long octets) {
            if (octets < 0) {
                throw new IllegalArgumentException("expectedSize: " + octets + " is negative");
            }
            this.expectedSize = OptionalLong.of(octets);
            return this;
        }

        /**
         * Whether what is downloaded gets the time of the last change and the permissions that the server tells, without set-user-id and its like; for sinks that can have them, as a file can.
         *
         * @param value whether it does; by default false
         * @return this builder
         */
        public Builder keepAttributes(boolean value) {
            this.keepAttributes = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if two of them do not go together; the message says which
         */
        public DownloadOptions build() {
            if (resume && offset.isPresent()) {
                throw new IllegalArgumentException("offset: is what is there already where a download resumes");
            }
            return new DownloadOptions(this);
        }
    }
}
