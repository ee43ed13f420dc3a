package io.portolan.sftp.auth;

import io.portolan.auth.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user who is let in may not do, as the key says that it was let in by: in {@code authorized_keys}, or in its certificate. An authenticator hands it over with the
 * identity, by {@link #attachTo}; the server keeps to it. If several keys are needed for a login, the restrictions of all of them hold. Immutable.
 */
public final class LoginRestrictions {

    private static final String ATTRIBUTE = "io.portolan.sftp.auth.restrictions";

    private static final LoginRestrictions NONE = new LoginRestrictions(new Builder());

    private final Optional<String> forcedCommand;
    private final Optional<Instant> expires;
    private final boolean touchRequired;
    private final boolean verificationRequired;

    private LoginRestrictions(Builder builder) {
        forcedCommand = builder.forcedCommand;
        expires = builder.expires;
        touchRequired = builder.touchRequired;
        verificationRequired = builder.verificationRequired;
    }

    /**
     * No restrictions.
     *
     * @return the restrictions
     */
    public static LoginRestrictions none() {
        return NONE;
    }

    /**
     * No restrictions, to be changed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The restrictions that an authenticator has attached.
     *
     * @param identity what it gave
     * @return the restrictions; none if there are none
     */
    public static LoginRestrictions of(Identity identity) {
        return identity.attribute(ATTRIBUTE, LoginRestrictions.class).orElse(NONE);
    }

    /**
     * A user with these restrictions, in addition to those that it has.
     *
     * @param identity the user
     * @return the same user, restricted
     * @throws IllegalArgumentException if both force a command, and not the same
     */
    public Identity attachTo(Identity identity) {
        if (equals(NONE)) {
            return identity;
        }
        Map<String, Object> attributes = new HashMap<>(identity.attributes());
        attributes.put(
                ATTRIBUTE,
                identity.attribute(ATTRIBUTE, LoginRestrictions.class)
                        .map(before -> before.and(this))
                        .orElse(this));
        Identity restricted = Identity.of(identity.name(), attributes);
        return identity.isProtectedDataOnly() ? restricted.withProtectedDataOnly() : restricted;
    }

    /**
     * Both.
     *
     * @param other more restrictions
     * @return the restrictions of both
     * @throws IllegalArgumentException if both force a command, and not the same: there is nothing that would be allowed
     */
    public LoginRestrictions and(LoginRestrictions other) {
        if (forcedCommand.isPresent()
                && other.forcedCommand.isPresent()
                && !forcedCommand.equals(other.forcedCommand)) {
            throw new IllegalArgumentException("two different commands are forced");
        }
        Builder both = new Builder();
        both.forcedCommand = forcedCommand.or(() -> other.forcedCommand);
        both.expires =
                Stream.of(expires, other.expires).flatMap(Optional::stream).min(Instant::compareTo);
        both.touchRequired = touchRequired || other.touchRequired;
        both.verificationRequired = verificationRequired || other.verificationRequired;
        return both.build();
    }

    /**
     * Whether there may be an SFTP session. There is none if a command is forced that is not {@code internal-sftp}: commands are not run here, and to have SFTP instead is not what was
     * meant. Of its options {@code -R}, {@code -d} with an absolute path, and those about logging are understood; with any other there is no session either.
     *
     * @return whether there may be
     */
    public boolean isSftpAllowed() {
        return sftp().allowed();
    }

    /**
     * Whether the session may only read ({@code internal-sftp -R}).
     *
     * @return whether nothing may be changed
     */
    public boolean isReadOnly() {
        return sftp().readOnly();
    }

    /**
     * Where the session begins ({@code internal-sftp -d}).
     *
     * @return an absolute path, as the user's file system has it, or empty for where sessions begin
     */
    public Optional<String> startDirectory() {
        return sftp().directory();
    }

    private ForcedSftp sftp() {
        return forcedCommand.map(ForcedSftp::of).orElse(ForcedSftp.UNFORCED);
    }

    /**
     * The command that runs whatever the client asks for.
     *
     * @return the command, as it stands in the file or certificate
     */
    public Optional<String> forcedCommand() {
        return forcedCommand;
    }

    /**
     * Until when the key is good. It is looked at when the user logs in; a session may last longer.
     *
     * @return the time, or empty if it is good forever
     */
    public Optional<Instant> expires() {
        return expires;
    }

    /**
     * Whether a security key has to have been touched for the signature (FIDO's user presence).
     *
     * @return true unless the key was told to do without
     */
    public boolean isTouchRequired() {
        return touchRequired;
    }

    /**
     * Whether a security key has to have verified its user for the signature, by PIN or finger (FIDO's user verification).
     *
     * @return whether it has to
     */
    public boolean isVerificationRequired() {
        return verificationRequired;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoginRestrictions that
                && forcedCommand.equals(that.forcedCommand)
                && expires.equals(that.expires)
                && touchRequired == that.touchRequired
                && verificationRequired == that.verificationRequired;
    }

    @Override
    public int hashCode() {
        return Objects.hash(forcedCommand, expires, touchRequired, verificationRequired);
    }

    @Override
    public String toString() {
        return "LoginRestrictions[command "
                + forcedCommand.orElse("any")
                + expires.map(until -> ", until " + until).orElse("")
                + (touchRequired ? "" : ", no touch")
                + (verificationRequired ? ", verified user" : "")
                + "]";
    }

    /** Collects restrictions. */
    public static final class Builder {
        private Optional<String> forcedCommand = Optional.empty();
        private Optional<Instant> expires = Optional.empty();
        private boolean touchRequired = true;
        private boolean verificationRequired;

        private Builder() {}

        /**
         * Runs a command whatever the client asks for: {@code internal-sftp}, see {@link #isSftpAllowed}.
         *
         * @param command the command; another one allows nothing
         * @return this
         */
        public Builder forcedCommand(String command) {
            forcedCommand = Optional.of(command);
            return this;
        }

        /**
         * Until when the key is good.
         *
         * @param until the time
         * @return this
         */
        public Builder expires(Instant until) {
            expires = Optional.of(until);
            return this;
        }

        /**
         * Whether a security key has to be touched.
         *
         * @param required the default is that it has to
         * @return this
         */
        public Builder touchRequired(boolean required) {
            touchRequired = required;
            return this;
        }

        /**
         * Whether a security key has to verify its user.
         *
         * @param required the default is that it does not have to
         * @return this
         */
        public Builder verificationRequired(boolean required) {
            verificationRequired = required;
            return this;
        }

        /**
         * The restrictions.
         *
         * @return them
         */
        public LoginRestrictions build() {
            return new LoginRestrictions(this);
        }
    }
}
