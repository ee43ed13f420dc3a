package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.auth.IdentitySettings;
import io.portolan.sftp.client.internal.auth.LoginSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to show a server who we are: keys, which are tried first, then a password, then what the server asks. Nothing of it is told to a server that is not trusted. Immutable; the
 * secrets in it live as long as it does.
 */
public final class SshLogin {

    private final LoginSettings settings;

    private SshLogin(LoginSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins with nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * By a password, also where the server asks for it as its only question.
     *
     * @param password the password
     * @return the login
     */
    public static SshLogin password(String password) {
        return builder().password(password).build();
    }

    /**
     * By a key in a file without a passphrase.
     *
     * @param file as {@link Builder#identity(Path)} has it
     * @return the login
     */
    public static SshLogin identity(Path file) {
        return builder().identity(file).build();
    }

    /**
     * Nobody's: what a server lets in without a question.
     *
     * @return the login
     */
    public static SshLogin none() {
        return builder().build();
    }

    LoginSettings settings() {
        return settings;
    }

    /** Nothing of the secrets. */
    @Override
    public String toString() {
        return "SshLogin" + settings.identities();
    }

    /** Makes {@link SshLogin}s. Not for several threads at once. */
    public static final class Builder {

        private final List<IdentitySettings> identities = new ArrayList<>();
        private Optional<Path> agent = Optional.empty();
        private boolean identitiesOnly;
        private Optional<SecretSource> password = Optional.empty();
        private int passwordTries = 1;
        private Optional<SecretSource> newPassword = Optional.empty();
        private Optional<InteractiveLogin> interactive = Optional.empty();

        private Builder() {}

        /**
         * Adds a key in a file: in OpenSSH's format, PEM, PKCS#8 or PuTTY's. A certificate beside it, in a file with {@code -cert.pub} at the end of its name, is used with it. The file is read when it is
         * needed. If it has only the public half, or there is no such file but one with {@code .pub} behind its name, it is the agent's key of this name that is meant.
         *
         * @param file the private key, without a passphrase, or a public key whose private half an agent has
         * @return this builder
         */
        public Builder identity(Path file) {
            return identity(file, prompt -> null);
        }

        /**
         * As {@link #identity(Path)}, of a file that may be encrypted.
         *
         * @param file the private key
         * @param passphrase asked once the server wants this key, where that can be told without it
         * @return this builder
         */
        public Builder identity(Path file, SecretSource passphrase) {
            identities.add(new IdentitySettings.InFile(
                    Objects.requireNonNull(file, "identity"),
                    Optional.empty(),
                    Objects.requireNonNull(passphrase, "identity")));
            return this;
        }

        /**
         * As {@link #identity(Path, SecretSource)}, with a certificate in another place.
         *
         * @param file the private key
         * @param certificate what a CA has made of its public half
         * @param passphrase as above
         * @return this builder
         */
        public Builder identity(Path file, Path certificate, SecretSource passphrase) {
            identities.add(new IdentitySettings.InFile(
                    Objects.requireNonNull(file, "identity"),
                    Optional.of(certificate),
                    Objects.requireNonNull(passphrase, "identity")));
            return this;
        }

        /**
         * Adds a key that the JVM, or a provider of its kind, holds.
         *
         * @param keys RSA, ECDSA on NIST's curves, or Ed25519
         * @return this builder
         * @throws IllegalArgumentException if SSH does not have such keys, or the halves do not belong together
         */
        public Builder identity(KeyPair keys) {
            identities.add(IdentitySettings.Held.of(keys));
            return this;
        }

        /**
         * Adds the keys of the agent that {@code SSH_AUTH_SOCK} in the environment names, if there is one.
         *
         * @return this builder
         */
        public Builder agent() {
            @Nullable String socket = System.getenv("SSH_AUTH_SOCK");
            return socket == null || socket.isBlank() ? this : agent(Path.of(socket));
        }

        /**
         * Adds the keys of an agent, behind those that were added one by one (RFC 9987).
         *
         * @param socket the Unix socket on which it listens
         * @return this builder
         */
        public Builder agent(Path socket) {
            this.agent = Optional.of(socket);
            return this;
        }

        /**
         * Leaves out the agent's keys that no identity names. An agent with many of them uses up the tries that a server allows before it comes to the right one ({@code IdentitiesOnly} of ssh_config(5)).
         *
         * @return this builder
         */
        public Builder identitiesOnly() {
            this.identitiesOnly = true;
            return this;
        }

        /**
         * Sets the password.
         *
         * @param password the password
         * @return this builder
         */
        public Builder password(String password) {
            char[] secret = password.toCharArray();
            this.password = Optional.of(prompt -> secret.clone());
            this.passwordTries = 1;
            return this;
        }

        /**
         * Sets who tells the password. Asked once the server takes one, and again if it was wrong.
         *
         * @param source whom to ask
         * @param tries how often at most, 1–10
         * @return this builder
         * @throws IllegalArgumentException if {@code tries} is out of its range
         */
        public Builder password(SecretSource source, int tries) {
            if (tries < 1 || tries > LoginSettings.MOST_PASSWORDS) {
                throw new IllegalArgumentException("password: tries " + tries);
            }
            this.password = Optional.of(source);
            this.passwordTries = tries;
            return this;
        }

        /**
         * Sets who tells a new password if the server says that the old one has run out (RFC 4252 section 8). By default the login then fails, and the exception says why.
         *
         * @param source whom to ask; the prompt is the server's
         * @return this builder
         */
        public Builder newPassword(SecretSource source) {
            this.newPassword = Optional.of(source);
            return this;
        }

        /**
         * Sets who answers what the server asks.
         *
         * @param answers whom to ask
         * @return this builder
         */
        public Builder interactive(InteractiveLogin answers) {
            this.interactive = Optional.of(answers);
            return this;
        }

        /**
         * Makes the login.
         *
         * @return the login
         */
        public SshLogin build() {
            return new SshLogin(new LoginSettings(
                    identities, agent, identitiesOnly, password, passwordTries, newPassword, interactive));
        }
    }
}
