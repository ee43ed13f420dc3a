package io.portolan.ssh.internal.auth;

import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SecurityKeyPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of one step of a login. */
sealed interface Outcome {

    /**
     * The step has succeeded.
     *
     * @param key the fingerprint of the key that signed, if one did
     * @param assertion what the device that signed has done, if one did: enough for this step, perhaps not for what others ask for
     */
    record Accepted(
            Identity identity,
            LoginRestrictions restrictions,
            Optional<String> key,
            Optional<SecurityKeyPublicKey.Assertion> assertion)
            implements Outcome {}

    /**
     * What was shown is right, and questions have to be answered for it to count.
     *
     * @param restrictions of what was shown
     * @param key as in {@link Accepted}
     * @param assertion as in {@link Accepted}; the account may ask for more once it is known
     */
    record MoreNeeded(
            List<Prompt> prompts,
            LoginRestrictions restrictions,
            Optional<String> key,
            Optional<SecurityKeyPublicKey.Assertion> assertion)
            implements Outcome {
        public MoreNeeded {
            prompts = List.copyOf(prompts);
        }
    }

    /** The key that was asked about would do: all that a query can lead to. */
    record KeyWouldDo() implements Outcome {}

    /** The password is right, but has to be changed first. */
    record PasswordExpired(String prompt) implements Outcome {}

    /**
     * Rejected.
     *
     * @param reason for the log
     * @param delay how long the guard wants the peer to wait
     */
    record Refused(String reason, Duration delay) implements Outcome {
        static Refused because(String reason) {
            return new Refused(reason, Duration.ZERO);
        }
    }

    /** The guard has locked the source out: it is not worth an answer. */
    record LockedOut() implements Outcome {}
}
