package io.portolan.ssh.internal.auth;

import io.portolan.auth.Credentials;

/** A password and what it is to be changed into (RFC 4252 section 8). */
record NewPasswordProof(Credentials.NewPassword passwords) implements Proof {

    /** The old one may be a guess. */
    @Override
    public boolean isGuess() {
        return true;
    }

    @Override
    public Outcome decide(Decider decider) throws Exception {
        return Proof.outcome(decider.ask(passwords));
    }

    @Override
    public void clear() {
        passwords.clear();
    }
}
