package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.Diagnosis;
import io.portolan.core.internal.check.Finding;
import io.portolan.sftp.client.internal.auth.LoginEvent;
import io.portolan.sftp.client.internal.auth.LoginEvent.Kind;
import io.portolan.sftp.client.internal.auth.LoginHistory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says why a login has come to nothing. What is wrong at our end comes first: a server that was not asked by the right key cannot be blamed. */
final class LoginRefusals {

    private LoginRefusals() {}

    /**
     * Says it.
     *
     * @param hungUp whether the server has ended the connection, instead of naming methods that are left
     */
    static Diagnosis diagnosis(CheckSettings settings, LoginHistory history, boolean hungUp) {
        return Stream.<Optional<Diagnosis>>of(
                        hungUp ? tooMany(settings, history) : Optional.empty(),
                        first(history, Kind.STEP_TAKEN).map(taken -> moreSteps(settings, history)),
                        first(history, Kind.PASSPHRASE).map(LoginRefusals::locked),
                        first(history, Kind.NO_FILE).map(LoginRefusals::notFound),
                        first(history, Kind.UNUSABLE).map(LoginRefusals::unusable),
                        first(history, Kind.ALGORITHMS).map(event -> algorithms(event, history)),
                        refused(history, "password").map(event -> password(settings)),
                        refused(history, "publickey").map(event -> key(settings, event)),
                        refused(history, "keyboard-interactive").map(event -> answers(settings)),
                        first(history, Kind.AGENT).map(LoginRefusals::agent),
                        first(history, Kind.NOT_MADE).map(LoginRefusals::notMade))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> nothingToTry(settings, history));
    }

    private static Optional<LoginEvent> first(LoginHistory history, Kind kind) {
        return history.events().stream().filter(event -> event.kind() == kind).findFirst();
    }

    private static Optional<LoginEvent> refused(LoginHistory history, String method) {
        return history.events().stream()
                .filter(event -> event.kind() == Kind.REFUSED && event.method().equals(method))
                .findFirst();
    }

    private static String methods(LoginHistory history) {
        return history.methods().isEmpty() ? "nothing" : String.join(", ", history.methods());
    }

    private static Optional<Diagnosis> tooMany(CheckSettings settings, LoginHistory history) {
        List<LoginEvent> refused = history.events().stream()
                .filter(event -> event.kind() == Kind.REFUSED)
                .toList();
        return refused.isEmpty() || history.methods().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Finding.diagnosis(
                                "too-many-failures",
                                Blame.CLIENT,
                                settings.user(),
                                "The server ends the connection after " + refused.size()
                                        + " failures (MaxAuthTries), maybe before the right key: name the key that is meant, and offer no others (an agent offers all that it has)."));
    }

    private static Diagnosis moreSteps(CheckSettings settings, LoginHistory history) {
        return Finding.diagnosis(
                "another-step-wanted",
                Blame.REQUEST,
                settings.user(),
                "What was given is right, but the server wants more of this user (AuthenticationMethods): give what it asks for next as well, "
                        + methods(history) + ".");
    }

    private static Diagnosis locked(LoginEvent event) {
        return Finding.diagnosis(
                "key-locked",
                Blame.CLIENT,
                event.text(),
                "The key is encrypted, and no passphrase was given or a wrong one: give the right one, or add the key to an agent (ssh-add).");
    }

    private static Diagnosis notFound(LoginEvent event) {
        return Finding.diagnosis(
                "key-not-found", Blame.REQUEST, event.text(), "Name the file that has the private key.");
    }

    private static Diagnosis unusable(LoginEvent event) {
        return Finding.diagnosis(
                "key-unusable",
                Blame.CLIENT,
                event.text(),
                "Name the file with the private key (not the one that ends in .pub), of a type that is in use today: ssh-keygen -t ed25519 makes a new one.");
    }

    private static Diagnosis algorithms(LoginEvent event, LoginHistory history) {
        return Finding.diagnosis(
                "key-algorithm-refused",
                Blame.SERVER,
                event.text(),
                "The server says by which algorithms keys may sign (server-sig-algs: "
                        + String.join(", ", history.signatureAlgorithms())
                        + "): use a key of another type, or let the server take this one (PubkeyAcceptedAlgorithms).");
    }

    private static Diagnosis password(CheckSettings settings) {
        return Finding.diagnosis(
                "password-refused",
                Blame.REQUEST,
                settings.user(),
                "Check the name and the password. If they are right, the server may not let this user in from this address, or not by a password (PermitRootLogin, AllowUsers, a locked account): its log says so.");
    }

    private static Diagnosis key(CheckSettings settings, LoginEvent event) {
        return Finding.diagnosis(
                "key-refused",
                Blame.SERVER,
                event.text(),
                "Add the key's public half to this user's authorized keys at the server. If it is there: its file or a folder above it may be writable by others (StrictModes), it may be another file (AuthorizedKeysFile), or the user "
                        + settings.user()
                        + " may not be let in (AllowUsers, PermitRootLogin); the server's log says so.");
    }

    private static Diagnosis answers(CheckSettings settings) {
        return Finding.diagnosis(
                "answers-refused",
                Blame.REQUEST,
                settings.user(),
                "Check the name and the password; if the server asks for a code as well, log in by answers to its questions (InteractiveLogin).");
    }

    private static Diagnosis agent(LoginEvent event) {
        return Finding.diagnosis(
                "agent-unreachable",
                Blame.CLIENT,
                event.text(),
                "Start the agent, or let SSH_AUTH_SOCK name its socket; or name the file of a key.");
    }

    private static Diagnosis notMade(LoginEvent event) {
        return Finding.diagnosis(
                "login-not-tried",
                Blame.CLIENT,
                event.text(),
                "Give what was asked for; it was not sent to the server, or the server wants something else instead.");
    }

    private static Diagnosis nothingToTry(CheckSettings settings, LoginHistory history) {
        return Finding.diagnosis(
                "login-method-missing",
                Blame.REQUEST,
                settings.user(),
                "The server would let this user go on with " + methods(history)
                        + ", and nothing of that kind was given: give it, or let the server take what there is (PasswordAuthentication, PubkeyAuthentication).");
    }
}
