package io.portolan.ssh.internal.auth;

import io.portolan.auth.Credentials;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers of keyboard-interactive (RFC 4256 section 3.4), or the wish to be asked, which has none. */
record AnswersProof(Credentials.KeyboardInteractive answers) implements Proof {

    /**
     * Reads a response, behind the message's number.
     *
     * @return empty if there are not as many answers as there were questions
     */
    static Optional<AnswersProof> read(SshReader reader, int questions) throws SshProtocolException {
        if (reader.readUint32() != questions) {
            return Optional.empty();
        }
        List<char[]> answers = new ArrayList<>();
        try {
            for (int i = 0; i < questions; i++) {
                answers.add(Secrets.read(reader));
            }
            reader.expectEnd();
        } catch (SshProtocolException e) {
            answers.forEach(answer -> Arrays.fill(answer, '\0'));
            throw e;
        }
        return Optional.of(new AnswersProof(new Credentials.KeyboardInteractive(answers)));
    }

    /** The answer to the one question that we ask ourselves. */
    PasswordProof asPassword() {
        return new PasswordProof(new Credentials.Password(answers.answers().get(0)));
    }

    /** Who only wants to be asked has not guessed. */
    @Override
    public boolean isGuess() {
        return !answers.answers().isEmpty();
    }

    @Override
    public Outcome decide(Decider decider) throws Exception {
        return Proof.outcome(decider.ask(answers));
    }

    @Override
    public void clear() {
        answers.clear();
    }
}
