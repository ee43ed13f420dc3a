package io.portolan.ssh.internal.auth;

import io.portolan.auth.Credentials;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** A password (RFC 4252 section 8), also one that was asked for by keyboard-interactive. */
record PasswordProof(Credentials.Password password) implements Proof {

    /** Reads the rest of a request. */
    static Proof read(SshReader reader) throws SshProtocolException {
        boolean change = reader.readBoolean();
        Credentials.Password password = new Credentials.Password(Secrets.read(reader));
        if (!change) {
            reader.expectEnd();
            return new PasswordProof(password);
        }
        try {
            Credentials.Password replacement = new Credentials.Password(Secrets.read(reader));
            NewPasswordProof proof = new NewPasswordProof(new Credentials.NewPassword(password, replacement));
            reader.expectEnd();
            return proof;
        } catch (SshProtocolException e) {
            password.clear();
            throw e;
        }
    }

    @Override
    public boolean isGuess() {
        return true;
    }

    @Override
    public Outcome decide(Decider decider) throws Exception {
        return Proof.outcome(decider.ask(password));
    }

    @Override
    public void clear() {
        password.clear();
    }
}
