package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.TestKeys;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins of several steps (RFC 4252 section 5.1, partial success). */
final class LoginChainTest {

    private Identity byKey = Identity.of("alice", Map.of("row", 7));
    private Identity byPassword = Identity.of("alice", Map.of("row", 8, "town", "Oxford"));

    private final Authenticator both = request -> {
        if (request.credentials() instanceof Credentials.PublicKey) {
            return AuthenticationResult.accepted(byKey);
        }
        if (request.credentials() instanceof Credentials.Password password) {
            return new String(password.characters()).equals("wonderland")
                    ? AuthenticationResult.accepted(byPassword)
                    : AuthenticationResult.rejected("wrong");
        }
        return AuthenticationResult.rejected("no questions");
    };

    private static UserAuthSettings.Builder keyThenPassword(UserAuthSettings.Builder settings) {
        return settings.chain(LoginMethod.PUBLIC_KEY, LoginMethod.PASSWORD)
                .chain(LoginMethod.PUBLIC_KEY, LoginMethod.KEYBOARD_INTERACTIVE);
    }

    @Test
    void bothStepsAreNeededInOrder() throws Exception {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(AuthClient.request("alice", "none")).isFailure(false, "publickey");
            client.send(AuthClient.password("alice", "wonderland")).isFailure(false, "publickey");
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(true, "password", "keyboard-interactive");
            assertThat(client.users).isEmpty();
            client.send(AuthClient.password("alice", "wrong")).isFailure(false, "password", "keyboard-interactive");
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            assertThat(client.users.get(0).methods()).containsExactly(LoginMethod.PUBLIC_KEY, LoginMethod.PASSWORD);
        }
    }

    @Test
    void whatEachStepFoundOutIsJoinedAndTheEarlierOneCounts() {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            Identity identity = client.users.get(0).identity();
            assertThat(identity.attribute("row", Integer.class)).contains(7);
            assertThat(identity.attribute("town", String.class)).contains("Oxford");
        }
    }

    @Test
    void restrictionsOfAnEarlierStepAreKeptToTheEnd() {
        byKey = LoginRestrictions.builder()
                .forcedCommand("internal-sftp -R")
                .build()
                .attachTo(byKey)
                .withProtectedDataOnly();
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            AuthenticatedUser user = client.users.get(0);
            assertThat(user.restrictions().forcedCommand()).contains("internal-sftp -R");
            assertThat(LoginRestrictions.of(user.identity()).forcedCommand()).contains("internal-sftp -R");
            assertThat(user.identity().isProtectedDataOnly()).isTrue();
        }
    }

    @Test
    void restrictionsThatLeaveNothingAreARejection() throws Exception {
        byKey = LoginRestrictions.builder()
                .forcedCommand("internal-sftp")
                .build()
                .attachTo(byKey);
        byPassword = LoginRestrictions.builder().forcedCommand("backup").build().attachTo(byPassword);
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isFailure();
        }
    }

    @Test
    void stepsOfDifferentIdentitiesAreARejection() throws Exception {
        byPassword = Identity.of("bob");
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isFailure();
        }
    }

    @Test
    void anotherUserNameBeginsFromTheStart() throws Exception {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(true, "password", "keyboard-interactive");
            client.send(AuthClient.password("bob", "wonderland")).isFailure(false, "publickey");
            client.send(AuthClient.password("alice", "wonderland")).isFailure(false, "publickey");
            assertThat(client.users).isEmpty();
        }
    }

    @Test
    void aQueryIsNoStep() throws Exception {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()));
            client.send(AuthClient.password("alice", "wonderland")).isFailure(false, "publickey");
        }
    }

    @Test
    void twoKeysHaveToBeTwoDifferentOnes() throws Exception {
        try (AuthClient client =
                AuthClient.ready(both, settings -> settings.chain(LoginMethod.PUBLIC_KEY, LoginMethod.PUBLIC_KEY))) {
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(true, "publickey");
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(false, "publickey");
            client.send(client.signed("alice", TestKeys.P256)).isSuccess();
            assertThat(client.users.get(0).keys())
                    .containsExactly(
                            TestKeys.ED25519.publicKey().fingerprint(),
                            TestKeys.P256.publicKey().fingerprint());
        }
    }

    @Test
    void aKeyThatNeedsAnAnswerMoreCountsOnlyWithTheAnswer() throws Exception {
        Authenticator keyAndCode = request -> {
            if (request.credentials() instanceof Credentials.PublicKey) {
                return new AuthenticationResult.Continue(List.of(new Prompt("Code: ", false)));
            }
            return request.credentials() instanceof Credentials.KeyboardInteractive answers
                            && !answers.answers().isEmpty()
                            && new String(answers.answers().get(0)).equals("123")
                    ? AuthenticationResult.accepted(byKey)
                    : AuthenticationResult.rejected("no");
        };
        try (AuthClient client = AuthClient.ready(keyAndCode, settings -> settings.chain(LoginMethod.PUBLIC_KEY))) {
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(true, "keyboard-interactive");
            client.send(AuthClient.request("alice", "none")).isFailure(false, "publickey");
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure(true, "keyboard-interactive");
            client.send(AuthClient.keyboardInteractive("alice"));
            client.send(AuthClient.answers("123")).isSuccess();
            assertThat(client.users.get(0).keys())
                    .containsExactly(TestKeys.ED25519.publicKey().fingerprint());
        }
    }

    @Test
    void passwordsThatAreTurnedOffAreNotAsked() throws Exception {
        try (AuthClient client = AuthClient.ready(both, settings -> settings.chain(LoginMethod.PUBLIC_KEY))) {
            client.send(AuthClient.password("alice", "wonderland")).isFailure(false, "publickey");
            client.send(AuthClient.keyboardInteractive("alice")).isFailure(false, "publickey");
        }
    }

    @Test
    void theUsersFilesAreOpenedOnceAndForAllStepsTogether() throws Exception {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()));
            client.send(client.signed("alice", TestKeys.ED25519));
            assertThat(client.prepared).isEmpty();
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            assertThat(client.prepared).hasSize(1);
            assertThat(client.prepared.get(0)).isSameAs(client.users.get(0));
        }
    }

    @Test
    void aUserWhoseFilesCannotBeOpenedIsRefusedAndBeginsFromTheStart() throws Exception {
        try (AuthClient client = AuthClient.ready(both, LoginChainTest::keyThenPassword)) {
            client.unprepared = new IOException("no disk");
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isFailure(false, "publickey");
            assertThat(client.users).isEmpty();
            client.unprepared = null;
            client.send(client.signed("alice", TestKeys.ED25519));
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
        }
    }
}
