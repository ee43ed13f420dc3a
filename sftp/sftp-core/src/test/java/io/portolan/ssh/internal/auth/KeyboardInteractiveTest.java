package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.ssh.internal.auth.AuthClient.Reply;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyboardInteractiveTest {

    private static final Prompt CODE = new Prompt("Code: ", true);
    private static final Prompt PIN = new Prompt("PIN: ", false);

    private final List<char[]> seen = new ArrayList<>();

    /** Asks for two things at once. */
    private AuthenticationResult twoQuestions(Credentials credentials) {
        if (!(credentials instanceof Credentials.KeyboardInteractive answers)) {
            return AuthenticationResult.rejected("only questions");
        }
        if (answers.answers().isEmpty()) {
            return new AuthenticationResult.Continue(List.of(CODE, PIN));
        }
        seen.addAll(answers.answers());
        List<String> said = answers.answers().stream().map(String::new).toList();
        return said.equals(List.of("123", "456"))
                ? AuthenticationResult.accepted(Identity.of("alice"))
                : AuthenticationResult.rejected("wrong");
    }

    private final Authenticator two = request -> twoQuestions(request.credentials());

    private static void assertAsks(Reply reply, Prompt... prompts) throws Exception {
        assertThat(reply.number()).isEqualTo(60);
        for (int i = 0; i < 3; i++) {
            assertThat(reply.reader().readString()).isEmpty();
        }
        assertThat(reply.reader().readUint32()).isEqualTo(prompts.length);
        for (Prompt prompt : prompts) {
            assertThat(reply.reader().readUtf8(100)).isEqualTo(prompt.text());
            assertThat(reply.reader().readBoolean()).isEqualTo(prompt.echo());
        }
        reply.reader().expectEnd();
    }

    @Test
    void theAuthenticatorsQuestionsAreAskedAndTheAnswersOverwritten() throws Exception {
        try (AuthClient client = AuthClient.ready(two)) {
            assertAsks(client.send(AuthClient.keyboardInteractive("alice")), CODE, PIN);
            client.send(AuthClient.answers("123", "456")).isSuccess();
            assertThat(client.users.get(0).methods()).containsExactly(LoginMethod.KEYBOARD_INTERACTIVE);
            assertThat(seen).hasSize(2).allSatisfy(answer -> assertThat(answer).containsOnly('\0'));
        }
    }

    @Test
    void wrongAnswersAreAFailureAndTheQuestionsCanBeAskedAgain() throws Exception {
        try (AuthClient client = AuthClient.ready(two)) {
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(AuthClient.answers("123", "000")).isFailure();
            assertAsks(client.send(AuthClient.keyboardInteractive("alice")), CODE, PIN);
            client.send(AuthClient.answers("123", "456")).isSuccess();
        }
    }

    @Test
    void dialoguesThatAreBegunAndLeftHaveANumber() throws Exception {
        try (AuthClient client = AuthClient.ready(two)) {
            for (int i = 0; i < UserAuthSettings.DEFAULT_MAX_KEY_QUERIES; i++) {
                assertAsks(client.send(AuthClient.keyboardInteractive("alice")), CODE, PIN);
            }
            client.send(AuthClient.keyboardInteractive("alice"));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }

    @Test
    void thereHaveToBeAsManyAnswersAsQuestions() throws Exception {
        for (String[] answers : List.of(new String[] {}, new String[] {"123"}, new String[] {"123", "456", "7"})) {
            try (AuthClient client = AuthClient.ready(two)) {
                client.send(AuthClient.keyboardInteractive("alice"));
                client.send(AuthClient.answers(answers)).isFailure();
                assertThat(seen).isEmpty();
            }
        }
    }

    @Test
    void aHugeNumberOfAnswersIsRefusedBeforeAnythingIsMadeOfIt() throws Exception {
        try (AuthClient client = AuthClient.ready(two)) {
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(new SshWriter().writeByte(61).writeUint32(0xffff_ffffL)).isFailure();
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(new SshWriter().writeByte(61).writeUint32(2));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void answersThatNobodyAskedForEndTheConnection() {
        try (AuthClient client = AuthClient.ready(two)) {
            client.send(AuthClient.answers("123", "456"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void answersBehindAnotherRequestEndTheConnection() throws Exception {
        try (AuthClient client = AuthClient.ready(two)) {
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(AuthClient.request("alice", "none")).isFailure();
            client.send(AuthClient.answers("123", "456"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void anAuthenticatorThatOnlyKnowsPasswordsIsAskedWithThatOfOnePrompt() throws Exception {
        try (AuthClient client = AuthClient.ready(Authenticators.user("alice", "wonderland"))) {
            assertAsks(client.send(AuthClient.keyboardInteractive("alice")), new Prompt("Password: ", false));
            client.send(AuthClient.answers("wrong")).isFailure();
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(AuthClient.answers("wonderland")).isSuccess();
        }
    }

    @Test
    void withoutThatPromptItIsAFailure() throws Exception {
        try (AuthClient client = AuthClient.ready(
                Authenticators.user("alice", "wonderland"), settings -> settings.passwordPrompt(false))) {
            client.send(AuthClient.keyboardInteractive("alice")).isFailure();
        }
    }

    @Test
    void aPasswordThatNeedsAnAnswerMoreIsAPartialSuccess() throws Exception {
        Authenticator passwordAndCode = request -> {
            if (request.credentials() instanceof Credentials.Password password
                    && new String(password.characters()).equals("wonderland")) {
                return new AuthenticationResult.Continue(List.of(CODE, PIN));
            }
            return twoQuestions(request.credentials());
        };
        try (AuthClient client = AuthClient.ready(passwordAndCode)) {
            client.send(AuthClient.password("alice", "wonderland")).isFailure(true, "keyboard-interactive");
            assertAsks(client.send(AuthClient.keyboardInteractive("alice")), CODE, PIN);
            client.send(AuthClient.answers("123", "456")).isSuccess();
            assertThat(client.users.get(0).methods()).containsExactly(LoginMethod.PASSWORD);
        }
    }

    @Test
    void anAuthenticatorThatAsksWithoutEndIsStopped() throws Exception {
        Authenticator endless = request -> new AuthenticationResult.Continue(List.of(CODE));
        try (AuthClient client = AuthClient.ready(endless)) {
            Reply reply = client.send(AuthClient.keyboardInteractive("alice"));
            int rounds = 0;
            while (reply.number() == 60) {
                rounds++;
                reply = client.send(AuthClient.answers("no"));
            }
            reply.isFailure();
            assertThat(rounds).isEqualTo(UserAuthHandler.MAX_ROUNDS);
        }
    }

    @Test
    void anAuthenticatorThatAsksTooMuchAtOnceIsARejection() throws Exception {
        Authenticator curious = request ->
                new AuthenticationResult.Continue(Collections.nCopies(UserAuthHandler.MAX_PROMPTS + 1, CODE));
        try (AuthClient client = AuthClient.ready(curious)) {
            client.send(AuthClient.keyboardInteractive("alice")).isFailure();
        }
    }
}
