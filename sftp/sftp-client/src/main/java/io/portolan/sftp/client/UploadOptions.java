package io.portolan.sftp.client;

import io.portolan.guard.RateLimit;
import io.portolan.transfer.TransferProgress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How an upload is done. Immutable. */
public final class UploadOptions {

    private static final UploadOptions DEFAULTS = builder().build();

    private final Verification verification;
    private final RateLimit rateLimit;
    private final TransferProgress progress;
    private final boolean append;
    private final boolean resume;
    private final boolean atomic;
    private final boolean sync;
    private final boolean sparse;
    private final @Nullable Instant modified;
    private final OptionalInt permissionBits;

    private UploadOptions(Builder builder) {
        verification = builder.verification;
        rateLimit = builder.rateLimit;
        progress = builder.progress;
        append = builder.append;
        resume = builder.resume;
        atomic = builder.atomic;
        sync = builder.sync;
        sparse = builder.sparse;
        modified = builder.modified;
        permissionBits = builder.permissionBits;
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
        builder.verification = verification;
        builder.rateLimit = rateLimit;
        builder.progress = progress;
        builder.append = append;
        builder.resume = resume;
        builder.atomic = atomic;
        builder.sync = sync;
        builder.sparse = sparse;
        builder.modified = modified;
        builder.permissionBits = permissionBits;
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
     * Whether the octets go behind those that the file has.
     *
     * @return the setting
     */
    public boolean append() {
        return append;
    }

    /**
     * Whether what the server has of the file already is taken for its beginning, and left out.
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

    /**
     * Whether the server brings the file to its disk before the upload is done (fsync@openssh.com).
     *
     * @return the setting
     */
    public boolean sync() {
        return sync;
    }

    /**
     * Whether what is nothing but zeros is not sent.
     *
     * @return whether it is left out
     */
    public boolean sparse() {
        return sparse;
    }

    /**
     * When the file was changed last, as the server is to keep it.
     *
     * @return the time, if one is set
     */
    public Optional<Instant> modified() {
        return Optional.ofNullable(modified);
    }

    /**
     * The file's permissions, as the server is to keep them.
     *
     * @return the lower twelve bits of the mode, if they are set
     */
    public OptionalInt permissionBits() {
        return permissionBits;
    }

    /** Makes {@link UploadOptions}. Not for several threads at once. */
    public static final class Builder {

        private Verification verification = Verification.NONE;
        private RateLimit rateLimit = RateLimit.unlimited();
        private TransferProgress progress = TransferProgress.none();
        private boolean append = false;
        private boolean resume = false;
        private boolean atomic = false;
        private boolean sync = false;
        private boolean sparse = false;
        private @Nullable Instant modified = null;
        private OptionalInt permissionBits = OptionalInt.empty();

        private static final int MAX_PERMISSIONS = 07777;

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
         * Whether the octets go behind those that the file has.
         *
         * @param value whether they do; by default false
         * @return this builder
         */
        public Builder append(boolean value) {
            this.append = value;
            return this;
        }

        /**
         * Whether what the server has of the file already is taken for its beginning, and left out.
         *
         * @param value whether it is; by default false
         * @return this builder
         */
        public Builder resume(boolean value) {
            this.resume = value;
            return this;
        }

        /**
         * Whether the file is sent under another name, beside, and renamed when it is whole and verified, so that nobody sees a part of it.
         *
         * @param value whether it is; by default false
         * @return this builder
         */
        public Builder atomic(boolean value) {
            this.atomic = value;
            return this;
        }

        /**
         * Whether the server brings the file to its disk before the upload is done. A server that cannot do that fails the upload, unless it is {@linkplain #atomic atomic}: such an upload does it anyway where the
         * server can.
         *
         * @param value whether it does; by default false
         * @return this builder
         */
        public Builder sync(boolean value) {
            this.sync = value;
            return this;
        }

        /**
         * Sets whether parts of a file in which there is nothing but zeros are not sent: where the server's file system can do that, they take no room on its disk, and none on the line. A part is what one message has, 32 to 255 KiB. It makes
         * sense for images of disks and their like. The server's file gets its length at the end, and is asked for it. What is appended or resumed is sent as it is.
         *
         * @param value false unless set, since to look for zeros costs processor time
         * @return this
         */
        public Builder sparse(boolean value) {
            this.sparse = value;
            return this;
        }

        /**
         * When the file was changed last, as the server is to keep it.
         *
         * @param value the time; version 3 keeps whole seconds. By default it is that of the upload
         * @return this builder
         */
        public Builder modified(Instant value) {
            this.modified = Objects.requireNonNull(value, "modified");
            return this;
        }

        /**
         * The file's permissions, as the server is to keep them.
         *
         * @param bits the lower twelve bits of the mode, such as {@code 0644}; by default they are the server's choice
         * @return this builder
         */
        public Builder permissionBits(int bits) {
            if (bits < 0 || bits > MAX_PERMISSIONS) {
                throw new IllegalArgumentException("permissionBits: " + bits + " is not within 0 to 07777");
            }
            this.permissionBits = OptionalInt.of(bits);
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
            if (resume && atomic) {
                throw new IllegalArgumentException("resume: goes on with the file itself, so that it is not atomic");
            }
            return new UploadOptions(this);
        }
    }
}
