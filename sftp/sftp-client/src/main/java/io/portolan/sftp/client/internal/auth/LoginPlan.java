package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.InteractiveLogin;
import io.portolan.sftp.client.SecretSource;
import io.portolan.ssh.internal.key.SshCertificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to try next, by what there is and what the server would take: keys, the password, answers. On workers, one call at a time, as keys are read when they are wanted.
 *
 * <p>When a step has succeeded and the server wants another one (RFC 4252 section 5.1), the methods that were refused before are tried again with what is left of them.
 */
final class LoginPlan {

    /** Tries in all, steps that succeed included. Servers end the connection long before. */
    static final int MAX_ATTEMPTS = 20;

    private static final String RSA_SHA_2 = "rsa-sha2-";

    private final LoginSettings login;
    private final LoginContext context;
    private final List<LoginEvent> notes = new ArrayList<>();
    private @Nullable Deque<Signer> keys;
    private int attempts;
    private int passwords;
    private boolean answered;

    LoginPlan(LoginSettings login, LoginContext context) {
        this.login = login;
        this.context = context;
    }

    /** What could not be tried, and why. */
    List<LoginEvent> notes() {
        return notes;
    }

    /** The next try; nothing if there is none left. */
    Optional<Attempt> next(List<String> methods) {
        if (attempts >= MAX_ATTEMPTS) {
            notes.add(new LoginEvent(LoginEvent.Kind.LIMIT, "", "no more than " + MAX_ATTEMPTS + " attempts are made"));
            return Optional.empty();
        }
        Optional<Attempt> found = Optional.empty();
        if (methods.contains(KeyAttempt.METHOD)) {
            found = nextKey();
        }
        if (found.isEmpty() && methods.contains(PasswordAttempt.METHOD)) {
            found = nextPassword();
        }
        if (found.isEmpty() && methods.contains(InteractiveAttempt.METHOD)) {
            found = interactive();
        }
        if (found.isPresent()) {
            attempts++;
        }
        return found;
    }

    private Optional<Attempt> nextKey() {
        if (!login.hasKeys()) {
            return Optional.empty();
        }
        Deque<Signer> left = keys;
        if (left == null) {
            Signers all = Signers.of(login);
            notes.addAll(all.problems());
            left = new ArrayDeque<>(all.signers());
            keys = left;
        }
        while (!left.isEmpty()) {
            Signer signer = left.remove();
            Optional<String> algorithm = algorithm(signer);
            if (algorithm.isPresent()) {
                // a key that is the only one is either the right one or none is: there is no need to ask
                boolean only = left.isEmpty() && attempts == 0;
                return Optional.of(new KeyAttempt(context, signer, algorithm.get(), !(signer.isReady() && only)));
            }
            notes.add(new LoginEvent(
                    LoginEvent.Kind.ALGORITHMS,
                    KeyAttempt.METHOD,
                    signer.name() + ": the server takes none of its algorithms, " + signer.algorithms()));
        }
        return Optional.empty();
    }

    /**
     * How a key signs. Only RSA keys have a choice, and only for them the server's list counts: that of OpenSSH 7.4 has nothing but RSA in it (its bug 2680). A server without a list may know SHA-2 all the same.
     */
    private Optional<String> algorithm(Signer signer) {
        List<String> possible = signer.algorithms();
        boolean choice = possible.get(0).startsWith(RSA_SHA_2);
        if (!choice || context.serverAlgorithms().isEmpty()) {
            return Optional.of(possible.get(0));
        }
        return possible.stream().filter(this::isTaken).findFirst();
    }

    /** Servers list certificates' algorithms by the names of their keys', or by their own. */
    private boolean isTaken(String algorithm) {
        List<String> taken = context.serverAlgorithms();
        return taken.contains(algorithm)
                || SshCertificate.isCertificate(algorithm) && taken.contains(SshCertificate.withoutSuffix(algorithm));
    }

    private Optional<Attempt> nextPassword() {
        Optional<SecretSource> source = login.password();
        if (source.isEmpty() || passwords >= login.passwordTries()) {
            return Optional.empty();
        }
        passwords++;
        return Optional.of(new PasswordAttempt(context, source.get(), login.newPassword()));
    }

    private Optional<Attempt> interactive() {
        if (answered) {
            return Optional.empty();
        }
        answered = true;
        Optional<InteractiveLogin> answers = login.interactive();
        if (answers.isEmpty() && passwords == 0) {
            answers = login.password().map(password -> new SingleAnswer(context, password));
        }
        return answers.map(known -> new InteractiveAttempt(context, known));
    }

    /** A step was taken, and the server wants another one. */
    void stepTaken() {
        answered = false;
    }
}
