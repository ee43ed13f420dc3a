package io.portolan.sftp.client;

import static io.portolan.sftp.client.testing.ServerFixture.PASSWORD;
import static io.portolan.sftp.client.testing.ServerFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.AuthorizedKeys;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.TrustedUserCas;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.testing.Patience;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to log in, with our own server. */
final class LoginTest {

    private static final String CODE = "123456";

    @TempDir
    private Path folder;

    private static boolean isPassword(AuthenticationRequest request, String expected) {
        return request.credentials() instanceof Credentials.Password password
                && new String(password.characters()).equals(expected);
    }

    /** Asks the questions one after another, and wants these answers. */
    private static Authenticator asking(List<AuthenticationResult.Prompt> prompts, List<String> expected) {
        return request -> {
            if (!(request.credentials() instanceof Credentials.KeyboardInteractive answers)) {
                return AuthenticationResult.rejected("only answers");
            }
            if (answers.answers().isEmpty()) {
                return new AuthenticationResult.Continue(prompts);
            }
            List<String> given = answers.answers().stream().map(String::new).toList();
            return given.equals(expected)
                    ? AuthenticationResult.accepted(Identity.of(USER))
                    : AuthenticationResult.rejected("wrong");
        };
    }

    private static void isLetIn(ServerFixture server, SshLogin login) throws Exception {
        try (SftpClient client = server.client().user(USER, login).build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(OpenSshServerTest.version(session)).succeedsWithin(Patience.LONG_ENOUGH);
        }
    }

    private static SftpAuthenticationException isRefused(ServerFixture server, SshLogin login) {
        try (SftpClient client = server.client().user(USER, login).build()) {
            return catchThrowableOfType(SftpAuthenticationException.class, client::connectBlocking);
        }
    }

    @Test
    void aPasswordLetsIn() throws Exception {
        try (ServerFixture server = ServerFixture.start()) {
            isLetIn(server, SshLogin.password(PASSWORD));
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutTheSecret() {
        try (ServerFixture server = ServerFixture.start()) {
            SftpAuthenticationException refused = isRefused(server, SshLogin.password("my secret"));
            assertThat(refused).hasMessageContaining("the password: refused").hasMessageNotContaining("my secret");
            assertThat(refused.isRetryable()).isFalse();
        }
    }

    @Test
    void whoTellsPasswordsIsAskedAgainAfterAWrongOne() throws Exception {
        try (ServerFixture server = ServerFixture.start()) {
            AtomicInteger asked = new AtomicInteger();
            isLetIn(
                    server,
                    SshLogin.builder()
                            .password(prompt -> (asked.incrementAndGet() < 3 ? "wrong" : PASSWORD).toCharArray(), 3)
                            .build());
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void nothingToTryIsTold() {
        try (ServerFixture server = ServerFixture.start()) {
            SftpAuthenticationException refused = isRefused(server, SshLogin.none());
            assertThat(refused).hasMessageContaining("there was nothing to try");
            assertThat(refused.acceptedMethods()).contains("password");
        }
    }

    @Test
    void questionsAreAnswered() throws Exception {
        List<AuthenticationResult.Prompt> prompts = List.of(
                new AuthenticationResult.Prompt("Password: ", false), new AuthenticationResult.Prompt("Code: ", true));
        try (ServerFixture server = ServerFixture.start(asking(prompts, List.of(PASSWORD, CODE)))) {
            List<String> asked = new ArrayList<>();
            isLetIn(
                    server,
                    SshLogin.builder()
                            .interactive(challenge -> {
                                challenge.questions().forEach(question -> asked.add(question.text()));
                                return List.of(PASSWORD.toCharArray(), CODE.toCharArray());
                            })
                            .build());
            assertThat(asked).containsExactly("Password: ", "Code: ");
        }
    }

    @Test
    void aPasswordIsTheAnswerToASingleQuestionThatIsNotShown() throws Exception {
        List<AuthenticationResult.Prompt> one = List.of(new AuthenticationResult.Prompt("Password: ", false));
        try (ServerFixture server = ServerFixture.with(settings ->
                settings.authenticator(asking(one, List.of(PASSWORD))).loginChain(LoginMethod.KEYBOARD_INTERACTIVE))) {
            isLetIn(server, SshLogin.password(PASSWORD));
        }
    }

    @Test
    void aPasswordIsNoAnswerToOtherQuestions() {
        for (List<AuthenticationResult.Prompt> prompts : List.of(
                List.of(new AuthenticationResult.Prompt("Your name? ", true)),
                List.of(
                        new AuthenticationResult.Prompt("Password: ", false),
                        new AuthenticationResult.Prompt("Password for your bank: ", false)))) {
            List<String> seen = new ArrayList<>();
            Authenticator asking = request -> {
                if (request.credentials() instanceof Credentials.KeyboardInteractive answers
                        && answers.answers().isEmpty()) {
                    return new AuthenticationResult.Continue(prompts);
                }
                if (request.credentials() instanceof Credentials.KeyboardInteractive answers) {
                    answers.answers().forEach(answer -> seen.add(new String(answer)));
                }
                return AuthenticationResult.rejected("no");
            };
            try (ServerFixture server = ServerFixture.with(
                    settings -> settings.authenticator(asking).loginChain(LoginMethod.KEYBOARD_INTERACTIVE))) {
                assertThat(isRefused(server, SshLogin.password(PASSWORD)))
                        .hasMessageContaining("asks for more than the password");
                assertThat(seen).isEmpty();
            }
        }
    }

    @Test
    void aKeyAndThenAPasswordAreTwoSteps() throws Exception {
        Path key = new SshKeys(folder).key("user", "ed25519");
        Authenticator keys = AuthorizedKeys.of(USER, SshKeys.publicHalf(key));
        Authenticator both = request -> request.credentials() instanceof Credentials.PublicKey
                ? keys.authenticate(request)
                : isPassword(request, PASSWORD)
                        ? AuthenticationResult.accepted(Identity.of(USER))
                        : AuthenticationResult.rejected("wrong");
        try (ServerFixture server = ServerFixture.with(
                settings -> settings.authenticator(both).loginChain(LoginMethod.PUBLIC_KEY, LoginMethod.PASSWORD))) {
            isLetIn(server, SshLogin.builder().identity(key).password(PASSWORD).build());
            assertThat(isRefused(server, SshLogin.identity(key)))
                    .hasMessageContaining("taken, but the server wants more");
        }
    }

    @Test
    void aPasswordThatHasRunOutIsToldOrChanged() throws Exception {
        Authenticator expired = request -> {
            if (request.credentials() instanceof Credentials.NewPassword change) {
                return new String(change.replacement().characters()).equals("a new one")
                        ? AuthenticationResult.accepted(Identity.of(USER))
                        : AuthenticationResult.rejected("no");
            }
            return isPassword(request, PASSWORD)
                    ? new AuthenticationResult.PasswordExpired("It is a year old")
                    : AuthenticationResult.rejected("wrong");
        };
        try (ServerFixture server = ServerFixture.start(expired)) {
            assertThat(isRefused(server, SshLogin.password(PASSWORD)))
                    .hasMessageContaining("wants a new password")
                    .hasMessageContaining("It is a year old");
            isLetIn(
                    server,
                    SshLogin.builder()
                            .password(PASSWORD)
                            .newPassword(prompt -> "a new one".toCharArray())
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void aCertificateBesideAKeyLetsIn(String type) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path authority = keys.key("ca", "ed25519");
        Path key = keys.key("user", type);
        keys.certify(key, authority, "-n", USER);
        try (ServerFixture server = ServerFixture.start(TrustedUserCas.of(SshKeys.publicHalf(authority)))) {
            isLetIn(server, SshLogin.identity(key));
        }
    }

    @Test
    void anAgentSignsForKeysAndCertificates() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path authority = keys.key("ca", "ed25519");
        Path certified = keys.key("certified", "ecdsa");
        keys.certify(certified, authority, "-n", USER);
        Path plain = keys.key("plain", "rsa");
        Path socket = folder.resolve("agent");
        try (Peer.Running agent = Peer.find("ssh-agent", folder).start("-D", "-a", socket.toString())) {
            agent.expect("SSH_AUTH_SOCK");
            Peer add = Peer.find("ssh-add", folder).with(Map.of("SSH_AUTH_SOCK", socket.toString()));
            add.run("-q", certified.toString()).succeeded();
            add.run("-q", plain.toString()).succeeded();
            SshLogin byAgent = SshLogin.builder().agent(socket).build();
            try (ServerFixture server = ServerFixture.start(TrustedUserCas.of(SshKeys.publicHalf(authority)))) {
                isLetIn(server, byAgent);
            }
            try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, SshKeys.publicHalf(plain)))) {
                isLetIn(server, byAgent);
            }
        }
    }

    @Test
    void ofAnAgentWithManyKeysOnlyThoseAreTriedThatAreNamed() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path other = keys.key("other", "ed25519");
        Path named = keys.key("named", "ed25519");
        Path locked = keys.key("locked", "ed25519", "secret");
        Path socket = folder.resolve("agent");
        try (Peer.Running agent = Peer.find("ssh-agent", folder).start("-D", "-a", socket.toString())) {
            agent.expect("SSH_AUTH_SOCK");
            Peer add = Peer.find("ssh-add", folder).with(Map.of("SSH_AUTH_SOCK", socket.toString()));
            add.run("-q", other.toString()).succeeded();
            add.run("-q", named.toString()).succeeded();
            SshLogin.Builder byName = SshLogin.builder().agent(socket).identitiesOnly();
            try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, SshKeys.publicHalf(other)))) {
                isLetIn(server, SshLogin.builder().agent(socket).build());
                SftpAuthenticationException refused = isRefused(
                        server, byName.identity(locked, prompt -> null).build());
                assertThat(refused).hasMessageNotContaining("the agent's key");
            }
            Files.delete(named);
            try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, SshKeys.publicHalf(named)))) {
                // the private half is where the agent is, maybe on another machine
                isLetIn(server, byName.identity(named).build());
                Path publicHalf = folder.resolve("named.pub");
                isLetIn(
                        server,
                        SshLogin.builder()
                                .agent(socket)
                                .identitiesOnly()
                                .identity(publicHalf)
                                .build());
                assertThat(isRefused(server, SshLogin.identity(publicHalf)))
                        .hasMessageContaining(publicHalf + ": the public half of a key");
            }
        }
    }

    @Test
    void keysOfPuttyAndPemLetInAndTheirPassphraseIsAskedForOnce() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path pem = keys.key("pem", "rsa", "secret", "-m", "PEM");
        Path plain = keys.key("plain", "ed25519");
        Path ppk = folder.resolve("putty.ppk");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "secret");
        Peer.find("puttygen", folder)
                .run(plain.toString(), "-o", ppk.toString(), "--new-passphrase", passphrase.toString())
                .succeeded();
        String both = SshKeys.publicHalf(pem) + "\n" + SshKeys.publicHalf(plain);
        try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, both))) {
            for (Path key : List.of(pem, ppk)) {
                AtomicInteger asked = new AtomicInteger();
                isLetIn(
                        server,
                        SshLogin.builder()
                                .identity(key, prompt -> {
                                    asked.incrementAndGet();
                                    return "secret".toCharArray();
                                })
                                .build());
                assertThat(asked).hasValue(1);
            }
        }
    }

    @Test
    void noPassphraseIsAskedForAKeyThatTheServerDoesNotWant() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path encrypted = keys.key("encrypted", "ed25519", "secret");
        Path wanted = keys.key("wanted", "ed25519");
        try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, SshKeys.publicHalf(wanted)))) {
            isLetIn(
                    server,
                    SshLogin.builder()
                            .identity(encrypted, prompt -> {
                                throw new AssertionError("asked for " + prompt);
                            })
                            .identity(wanted)
                            .build());
        }
    }

    @Test
    void aKeyThatCannotBeReadIsToldAndTheNextIsTried() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path missing = folder.resolve("missing");
        Path wanted = keys.key("wanted", "ed25519");
        try (ServerFixture server = ServerFixture.start(AuthorizedKeys.of(USER, SshKeys.publicHalf(wanted)))) {
            isLetIn(
                    server,
                    SshLogin.builder().identity(missing).identity(wanted).build());
            assertThat(isRefused(server, SshLogin.identity(missing))).hasMessageContaining(missing.toString());
        }
    }

    @Test
    void aBannerIsHeardAndHarmless() throws Exception {
        List<String> heard = new ArrayList<>();
        try (ServerFixture server = ServerFixture.with(
                        settings -> settings.user(USER, PASSWORD).banner("Be good\n"));
                SftpClient client = server.client().banner(heard::add).build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.banner()).isEqualTo("Be good\n");
            assertThat(heard).containsExactly("Be good\n");
        }
    }
}
