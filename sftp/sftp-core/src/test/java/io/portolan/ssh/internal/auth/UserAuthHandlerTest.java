package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.auth.Identity;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.ssh.internal.auth.AuthClient.Reply;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserAuthHandlerTest {

    private static final Authenticator ALICE = Authenticators.user("alice", "wonderland");

    @Test
    void theServiceIsAcceptedAndThenNoneTellsTheMethods() throws Exception {
        try (AuthClient client = new AuthClient(ALICE)) {
            Reply accept = client.send(AuthClient.serviceRequest("ssh-userauth"));
            assertThat(accept.number()).isEqualTo(6);
            assertThat(accept.reader().readName()).isEqualTo("ssh-userauth");
            client.send(AuthClient.request("alice", "none"))
                    .isFailure(false, "publickey", "password", "keyboard-interactive");
            assertThat(client.refusals).isEmpty();
        }
    }

    @Test
    void anotherServiceIsNotAvailable() {
        try (AuthClient client = new AuthClient(ALICE)) {
            client.send(AuthClient.serviceRequest("ssh-connection"));
            client.assertDisconnected(DisconnectReason.SERVICE_NOT_AVAILABLE);
        }
    }

    @Test
    void aLoginForAnotherServiceIsNotAvailable() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(new SshWriter()
                    .writeByte(50)
                    .writeString("alice")
                    .writeString("ssh-teleport")
                    .writeString("none"));
            client.assertDisconnected(DisconnectReason.SERVICE_NOT_AVAILABLE);
        }
    }

    @Test
    void aLoginBeforeTheServiceWasAskedForEndsTheConnection() {
        try (AuthClient client = new AuthClient(ALICE)) {
            client.send(AuthClient.password("alice", "wonderland"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void theServiceIsAskedForOnce() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.serviceRequest("ssh-userauth"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 52, 53, 60, 6, 31})
    void aServersMessageFromTheClientEndsTheConnectionAndLetsNobodyIn(int number) {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(new SshWriter().writeByte(number).writeUint32(0));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void everyConnectionMessageBeforeLoginEndsTheConnectionAndIsNotPassedOn() {
        for (int number = 80; number <= 127; number++) {
            for (boolean service : new boolean[] {false, true}) {
                try (AuthClient client = service ? AuthClient.ready(ALICE) : new AuthClient(ALICE)) {
                    client.send(new SshWriter().writeByte(number).writeString("session"));
                    client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
                    assertThat(client.channel.inboundMessages()).isEmpty();
                }
            }
        }
    }

    @Test
    void aConnectionMessageWhileALoginIsBeingCheckedEndsTheConnection() {
        List<Runnable> work = new ArrayList<>();
        try (AuthClient client =
                new AuthClient(ALICE, s -> s, LoginGuard.none(), "192.0.2.1", work::add).withService()) {
            client.put(AuthClient.password("alice", "wonderland"));
            client.put(new SshWriter().writeByte(90).writeString("session"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
            work.forEach(Runnable::run);
            client.pass(1_000);
            assertThat(client.users).isEmpty();
            assertThat(client.channel.outboundMessages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {54, 59, 62, 79, 128, 191, 194, 255})
    void aMessageThatNobodyKnowsIsUnimplementedAndHarmless(int number) {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.put(new SshWriter().writeByte(number));
            assertThat(client.transport.calls).containsExactly("unimplemented");
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
        }
    }

    @Test
    void everyMessageNumberInEveryStateLetsNobodyIn() {
        for (int number = 0; number < 256; number++) {
            for (boolean service : new boolean[] {false, true}) {
                try (AuthClient client = service ? AuthClient.ready(ALICE) : new AuthClient(ALICE)) {
                    client.put(new SshWriter().writeByte(number));
                    client.channel.runPendingTasks();
                    assertThat(client.users).isEmpty();
                    assertThat(client.transport.calls)
                            .as("message %d", number)
                            .containsAnyOf("disconnect", "unimplemented");
                }
            }
        }
    }

    @Test
    void anEmptyMessageEndsTheConnection() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.put(new SshWriter());
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrderAndThoseBehindSuccessAreIgnored() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.put(AuthClient.request("alice", "none"));
            client.put(AuthClient.password("alice", "wrong"));
            client.put(AuthClient.password("alice", "wonderland"));
            client.put(AuthClient.password("bob", "wrong"));
            client.reply().isFailure();
            client.reply().isFailure();
            client.reply().isSuccess();
            client.pass(1_000);
            assertThat(client.channel.outboundMessages()).isEmpty();
            assertThat(client.users).hasSize(1);
            assertThat(client.users.get(0).identity().name()).isEqualTo("alice");
        }
    }

    @Test
    void moreRequestsAheadThanTheQueueTakesEndTheConnection() {
        List<Runnable> work = new ArrayList<>();
        try (AuthClient client =
                new AuthClient(ALICE, s -> s, LoginGuard.none(), "192.0.2.1", work::add).withService()) {
            for (int i = 0; i < UserAuthHandler.MAX_WAITING + 1; i++) {
                client.put(AuthClient.password("alice", "wrong"));
            }
            assertThat(client.transport.disconnected).isNull();
            client.put(AuthClient.password("alice", "wrong"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void theTransportHearsOfTheLoginBehindSuccessAndBeforeTheListener() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            assertThat(client.transport.calls).containsExactly("authenticated");
            assertThat(client.users).hasSize(1);
            assertThat(client.users.get(0).methods()).containsExactly(LoginMethod.PASSWORD);
        }
    }

    @Test
    void aUserWithTooManySessionsIsNotTold() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.admits = false;
            client.send(AuthClient.password("alice", "wonderland"));
            client.assertDisconnected(DisconnectReason.TOO_MANY_CONNECTIONS);
            assertThat(client.channel.outboundMessages()).isEmpty();
        }
    }

    @Test
    void theConnectionEndsWithTheSixthFailure() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            for (int i = 1; i < UserAuthSettings.DEFAULT_MAX_ATTEMPTS; i++) {
                client.send(AuthClient.password("user" + i, "wrong")).isFailure();
            }
            client.send(AuthClient.password("alice", "wrong"));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }

    @Test
    void methodsThatDoNotExistAndNoneAskedAgainCountAsFailures() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE, settings -> settings.maxAttempts(3))) {
            client.send(AuthClient.request("alice", "none")).isFailure();
            client.send(AuthClient.request("alice", "none")).isFailure();
            client.send(AuthClient.request("alice", "hostbased")).isFailure();
            client.send(AuthClient.request("alice", "none"));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }

    @Test
    void theConnectionEndsWhenTheUserMayAskForNoMoreKeys() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE, settings -> settings.maxKeyQueries(2))) {
            client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey())).isFailure();
            client.send(AuthClient.query("alice", TestKeys.P256.publicKey())).isFailure();
            client.send(AuthClient.query("alice", TestKeys.P384.publicKey()));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }

    @Test
    void whoIsNotLoggedInWhenTheGraceIsOverIsDisconnected() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.pass(UserAuthSettings.DEFAULT_LOGIN_GRACE.toMillis() - 1);
            assertThat(client.transport.disconnected).isNull();
            client.pass(1);
            client.assertDisconnected(DisconnectReason.BY_APPLICATION);
        }
    }

    @Test
    void theGraceEndsWithTheLogin() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
            client.pass(2 * UserAuthSettings.DEFAULT_LOGIN_GRACE.toMillis());
            assertThat(client.transport.disconnected).isNull();
        }
    }

    @Test
    void aUserNameThatIsTooLongEndsTheConnection() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.request("a".repeat(UserAuthRequest.MAX_USER_OCTETS), "none"))
                    .isFailure();
            client.send(AuthClient.request("a".repeat(UserAuthRequest.MAX_USER_OCTETS + 1), "none"));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void theBannerComesOnceAndBeforeTheFirstAnswer() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE, settings -> settings.banner("Mind the gap\r\n"))) {
            Reply banner = client.send(AuthClient.request("alice", "none"));
            assertThat(banner.number()).isEqualTo(53);
            assertThat(banner.reader().readUtf8(100)).isEqualTo("Mind the gap\r\n");
            client.reply().isFailure();
            client.send(AuthClient.password("alice", "wonderland")).isSuccess();
        }
    }

    // what the authenticator may do

    @Test
    void anAuthenticatorThatThrowsOrAnswersNothingLetsNobodyIn() throws Exception {
        List<Authenticator> broken = List.of(
                request -> {
                    throw new IllegalStateException("directory is down");
                },
                request -> {
                    throw new StackOverflowError();
                },
                request -> null);
        for (Authenticator authenticator : broken) {
            try (AuthClient client = AuthClient.ready(authenticator)) {
                client.send(AuthClient.password("alice", "wonderland")).isFailure();
                client.send(client.signed("alice", TestKeys.ED25519)).isFailure();
                client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()))
                        .isFailure();
                assertThat(client.users).isEmpty();
            }
        }
    }

    @Test
    void anAnswerThatComesTooLateLetsNobodyIn() throws Exception {
        List<Runnable> work = new ArrayList<>();
        try (AuthClient client = new AuthClient(
                        request -> AuthenticationResult.accepted(Identity.of("alice")),
                        settings -> settings.decisionTime(Duration.ofSeconds(1)),
                        LoginGuard.none(),
                        "192.0.2.1",
                        work::add)
                .withService()) {
            client.put(AuthClient.password("alice", "wonderland"));
            client.pass(1_000);
            client.reply().isFailure();
            work.forEach(Runnable::run);
            client.pass(1_000);
            assertThat(client.users).isEmpty();
            assertThat(client.channel.outboundMessages()).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsGoneMeanwhileIsNotLoggedIn() {
        List<Runnable> work = new ArrayList<>();
        try (AuthClient client =
                new AuthClient(ALICE, s -> s, LoginGuard.none(), "192.0.2.1", work::add).withService()) {
            client.put(AuthClient.password("alice", "wonderland"));
            client.channel.close();
            work.forEach(Runnable::run);
            client.pass(1_000);
            assertThat(client.users).isEmpty();
        }
    }

    @Test
    void aLaneThatTakesNothingLetsNobodyIn() throws Exception {
        try (AuthClient client = new AuthClient(ALICE, s -> s, LoginGuard.none(), "192.0.2.1", task -> {
                    throw new java.util.concurrent.RejectedExecutionException("ended");
                })
                .withService()) {
            client.send(AuthClient.password("alice", "wonderland")).isFailure();
        }
    }

    // time

    @Test
    void aRejectionTakesTheLeastTimeAndAsLongForEachUserWhoeverItIs() throws Exception {
        Duration least = Duration.ofMillis(800);
        for (String user : List.of("alice", "nobody")) {
            try (AuthClient client = AuthClient.ready(ALICE, settings -> settings.minFailureTime(least))) {
                client.put(AuthClient.password(user, "wrong"));
                client.pass(1);
                // the clock of the channel stands still; what has really gone by is taken off
                assertThat(client.channel.outboundMessages()).isEmpty();
                client.reply().isFailure();
            }
        }
    }

    @Test
    void theTimeOfARejectionDiffersFromUserToUserButNotFromAttemptToAttempt() {
        FailureTime time = new FailureTime(Duration.ofMillis(100));
        Duration alice = time.remaining("alice", Duration.ZERO);
        assertThat(alice).isBetween(Duration.ofMillis(100), Duration.ofMillis(184));
        assertThat(time.remaining("alice", Duration.ZERO)).isEqualTo(alice);
        assertThat(List.of("bob", "carol", "dave"))
                .anySatisfy(
                        user -> assertThat(time.remaining(user, Duration.ZERO)).isNotEqualTo(alice));
        assertThat(time.remaining("alice", Duration.ofMillis(90))).isEqualTo(alice.minusMillis(90));
        assertThat(time.remaining("alice", alice.plusMillis(1)))
                .isEqualTo(alice.multipliedBy(2).minus(alice.plusMillis(1)));
        assertThat(time.remaining("alice", Duration.ofMinutes(1))).isEqualTo(Duration.ZERO);
    }

    @Test
    void theGuardHearsOfWrongPasswordsButNotOfWrongKeys() throws Exception {
        AtomicInteger told = new AtomicInteger();
        LoginGuard guard = new CountingGuard(told);
        try (AuthClient client = new AuthClient(ALICE, s -> s, guard, "192.0.2.1").withService()) {
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure();
            assertThat(told).hasValue(0);
            client.send(AuthClient.password("alice", "wrong")).isFailure();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void whoUsesUpAConnectionWithWrongKeysCountsAsOneGuess() throws Exception {
        AtomicInteger told = new AtomicInteger();
        LoginGuard guard = new CountingGuard(told);
        try (AuthClient client = new AuthClient(ALICE, s -> s.maxAttempts(2), guard, "192.0.2.1").withService()) {
            client.send(client.signed("alice", TestKeys.ED25519)).isFailure();
            client.send(client.signed("alice", TestKeys.P256));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void aSourceThatIsLockedOutIsSentAway() {
        AtomicInteger told = new AtomicInteger();
        CountingGuard guard = new CountingGuard(told);
        guard.open = false;
        try (AuthClient client = new AuthClient(ALICE, s -> s, guard, "192.0.2.1").withService()) {
            client.send(AuthClient.password("alice", "wonderland"));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }
}
