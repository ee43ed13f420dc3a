package io.portolan.auth;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a peer presents to show who it is. A closed set: switch over it, and reject what is not expected. */
public sealed interface Credentials {

    /** A password. The characters are overwritten when the authenticator has answered: copy what must live longer. */
    final class Password implements Credentials {
        private final char[] characters;

        /**
         * Takes over the characters.
         *
         * @param characters the password; belongs to this object from now on
         */
        public Password(char[] characters) {
            this.characters = Objects.requireNonNull(characters, "characters");
        }

        /**
         * The password.
         *
         * @return the characters themselves, not a copy
         */
        public char[] characters() {
            return characters;
        }

        /** Overwrites the password. */
        public void clear() {
            Arrays.fill(characters, '\0');
        }

        @Override
        public String toString() {
            return "Password[…]";
        }
    }

    /**
     * A password that is to take another's place (SSH, RFC 4252 section 8). A peer may send it without having been asked by {@link AuthenticationResult.PasswordExpired}. Whoever
     * accepts it has changed the password. The characters are overwritten when the authenticator has answered.
     */
    final class NewPassword implements Credentials {
        private final Password current;
        private final Password replacement;

        /**
         * Takes over both.
         *
         * @param current the password so far: it has to be checked, as it is all that shows who asks
         * @param replacement the new one
         */
        public NewPassword(Password current, Password replacement) {
            this.current = Objects.requireNonNull(current, "current");
            this.replacement = Objects.requireNonNull(replacement, "replacement");
        }

        /**
         * The password so far.
         *
         * @return what the peer says that it is
         */
        public Password current() {
            return current;
        }

        /**
         * What the peer wants it to be from now on.
         *
         * @return the new password; {@link AuthenticationResult.PasswordExpired} tells that it will not do
         */
        public Password replacement() {
            return replacement;
        }

        /** Overwrites both. */
        public void clear() {
            current.clear();
            replacement.clear();
        }

        @Override
        public String toString() {
            return "NewPassword[…]";
        }
    }

    /**
     * A public key (SSH).
     *
     * @param algorithm the key's algorithm in SSH's terms, such as {@code ssh-ed25519}
     * @param blob the key in SSH's wire format
     * @param signed whether the peer has proved that it holds the private key; if not, it only asks whether the key would do, and
     *     {@code Accepted} lets nobody in
     */
    @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
    record PublicKey(String algorithm, byte[] blob, boolean signed) implements Credentials {
        /** Checks the components. */
        public PublicKey {
            Objects.requireNonNull(algorithm, "algorithm");
            blob = blob.clone();
        }

        @Override
        public byte[] blob() {
            return blob.clone();
        }

        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof PublicKey key
                    && algorithm.equals(key.algorithm)
                    && Arrays.equals(blob, key.blob)
                    && signed == key.signed;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(blob);
        }

        @Override
        public String toString() {
            return "PublicKey[" + algorithm + ", " + (signed ? "signed" : "offered") + "]";
        }
    }

    /**
     * A client certificate (TLS), whose private key the peer has proved to hold and whose chain the TLS settings have accepted.
     *
     * @param chain the certificates, the client's own first
     */
    record ClientCertificate(List<X509Certificate> chain) implements Credentials {
        /** Checks the components. */
        public ClientCertificate {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("chain: no certificate");
            }
        }
    }

    /** Answers to the prompts of {@link AuthenticationResult.Continue}: SSH's keyboard-interactive, FTP's ACCT. */
    final class KeyboardInteractive implements Credentials {
        private final List<char[]> answers;

        /**
         * Takes over the answers.
         *
         * @param answers one for each prompt; none when the peer only asks to begin
         */
        public KeyboardInteractive(List<char[]> answers) {
            this.answers = List.copyOf(answers);
        }

        /**
         * The answers.
         *
         * @return one for each prompt, not copies
         */
        public List<char[]> answers() {
            return answers;
        }

        /** Overwrites the answers. */
        public void clear() {
            answers.forEach(answer -> Arrays.fill(answer, '\0'));
        }

        @Override
        public String toString() {
            return "KeyboardInteractive[" + answers.size() + " answers]";
        }
    }

    /**
     * Nothing but a courtesy: FTP's user {@code anonymous} or {@code ftp}.
     *
     * @param email what the peer gave as its address; anything may stand there
     */
    record Anonymous(String email) implements Credentials {}
}
