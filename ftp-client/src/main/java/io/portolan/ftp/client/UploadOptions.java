package io.portolan.ftp.client;

import io.portolan.ftp.TransferType;
import io.portolan.guard.RateLimit;
import io.portolan.transfer.TransferProgress;
import java.util.Objects;

/** How an upload is done. Immutable. */
public final class UploadOptions {

    private static final UploadOptions DEFAULTS = builder().build();

    private final TransferType type;
    private final Verification verification;
    private final RateLimit rateLimit;
    private final TransferProgress progress;
    private final boolean append;
    private final boolean resume;
    private final boolean atomic;

    private UploadOptions(Builder builder) {
        type = builder.type;
        verification = builder.verification;
        rateLimit = builder.rateLimit;
        progress = builder.progress;
        append = builder.append;
        resume = builder.resume;
        atomic = builder.atomic;
    }

    /**
     * As most uploads are done.
     *
     * @return the defaults
     */
    public static UploadOptions defaults() {
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
        builder.type = type;
        builder.verification = verification;
        builder.rateLimit = rateLimit;
        builder.progress = progress;
        builder.append = append;
        builder.resume = resume;
        builder.atomic = atomic;
        return builder;
    }

    /**
     * How octets are represented.
     *
     * @return the setting
     */
    public TransferType type() {
        return type;
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
     * Whether the octets go behind those that the file has (APPE).
     *
     * @return the setting
     */
    public boolean append() {
        return append;
    }

    /**
     * Whether what the server has of the file already is taken for its beginning, and left out (SIZE, REST).
     *
     * @return the setting
     */
    public boolean resume() {
        return resume;
    }

    /**
     * Whether the file is sent under another name, beside, and renamed when it is whole and verified, so that nobody sees a part of it.
     *
     * @return the setting
     */
    public boolean atomic() {
        return atomic;
    }

    /** Makes {@link UploadOptions}. Not for several threads at once. */
    public static final class Builder {

        private TransferType type = TransferType.IMAGE;
        private Verification verification = Verification.NONE;
        private RateLimit rateLimit = RateLimit.unlimited();
        private TransferProgress progress = TransferProgress.none();
        private boolean append = false;
        private boolean resume = false;
        private boolean atomic = false;

        private Builder() {}

        /**
         * How octets are represented.
         *
         * @param value the type; by default {@link TransferType#IMAGE}, as they are. ASCII converts the ends of lines, ruins everything that is no text, and cannot resume or be verified
         * @return this builder
         */
        public Builder type(TransferType value) {
            this.type = Objects.requireNonNull(value, "type");
            return this;
        }

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
         * Whether the octets go behind those that the file has (APPE).
         *
         * @param value whether they do; by default false
         * @return this builder
         */
        public Builder append(boolean value) {
            this.append = value;
            return this;
        }

        /**
         * Whether what the server has of the file already is taken for its beginning, and left out (SIZE, REST).
         *
         * @param value whether it is; by default false
         * @return this builder
         */
        public Builder resume(boolean value) {
            this.resume = value;
            return this;
        }

        /**
         * Whether the file is sent under another name, beside, and renamed when it is whole and verified, so that nobody sees a part of it. With servers that
         * refuse to rename onto a file that is there, that one is renamed before, and deleted behind: for a moment there is none of that name.
         *
         * @param value whether it is; by default false
         * @return this builder
         */
        public Builder atomic(boolean value) {
            this.atomic = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if two of them do not go together; the message says which
         */
        public UploadOptions build() {
            if (append && (resume || atomic)) {
                throw new IllegalArgumentException("append: neither resumes nor is atomic");
            }
            if (type == TransferType.ASCII && (resume || verification != Verification.NONE)) {
                throw new IllegalArgumentException(
                        "type: text is of another length on the other side, so it cannot be resumed or verified");
            }
            return new UploadOptions(this);
        }
    }
}
