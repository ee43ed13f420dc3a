package io.portolan.ssh.internal.auth;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.sftp.auth.LoginRestrictions;
import java.util.Optional;

/** What one request shows to be let in. Made on the event loop, looked at on a worker. */
interface Proof {

    /** The authenticator, for one user and session. It may return null or throw. */
    @FunctionalInterface
    interface Decider {
        AuthenticationResult ask(Credentials credentials) throws Exception;
    }

    /** Whether it is something that can be guessed, so that the guard wants to know. */
    boolean isGuess();

    /** Computes and asks. Whatever it throws is a rejection. */
    Outcome decide(Decider decider) throws Exception;

    /** Overwrites what is secret. */
    default void clear() {}

    /** What an authenticator's answer leads to, where nothing else needs to be looked at. */
    static Outcome outcome(AuthenticationResult result) {
        if (result instanceof AuthenticationResult.Accepted accepted) {
            return new Outcome.Accepted(
                    accepted.identity(), LoginRestrictions.of(accepted.identity()), Optional.empty(), Optional.empty());
        }
        if (result instanceof AuthenticationResult.Continue more) {
            return new Outcome.MoreNeeded(more.prompts(), LoginRestrictions.none(), Optional.empty(), Optional.empty());
        }
        if (result instanceof AuthenticationResult.PasswordExpired expired) {
            return new Outcome.PasswordExpired(expired.prompt());
        }
        return Outcome.Refused.because(reason(result));
    }

    /** Why an answer is a rejection. */
    static String reason(AuthenticationResult result) {
        return result instanceof AuthenticationResult.Rejected rejected
                ? rejected.reason()
                : "the authenticator gave no answer that fits";
    }
}
