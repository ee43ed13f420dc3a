package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PasswordLoginTest {

    private static final Authenticator ALICE = Authenticators.user("alice", "wönderland 🐇");

    @Test
    void theRightPasswordLogsInAndAWrongOneDoesNot() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.password("alice", "wonderland"))
                    .isFailure(false, "publickey", "password", "keyboard-interactive");
            client.send(AuthClient.password("alice", "wönderland 🐇")).isSuccess();
            assertThat(client.users.get(0).identity()).isEqualTo(Identity.of("alice"));
        }
    }

    @Test
    void unknownAndKnownUsersGetTheSameAnswers() throws Exception {
        List<List<String>> answers = new ArrayList<>();
        for (String user : List.of("alice", "nobody", "", "a\0b")) {
            try (AuthClient client = AuthClient.ready(ALICE)) {
                List<String> names = new ArrayList<>();
                for (SshWriter request : List.of(
                        AuthClient.request(user, "none"),
                        AuthClient.password(user, "wrong"),
                        AuthClient.keyboardInteractive(user),
                        AuthClient.answers("wrong"))) {
                    AuthClient.Reply reply = client.send(request);
                    names.add(reply.number() + new String(reply.reader().readRest(), StandardCharsets.ISO_8859_1));
                }
                answers.add(names);
            }
        }
        assertThat(answers).containsOnly(answers.get(0));
    }

    @Test
    void thePasswordIsOverwrittenWhenTheAuthenticatorHasAnswered() {
        List<char[]> seen = new ArrayList<>();
        Authenticator authenticator = request -> {
            if (request.credentials() instanceof Credentials.Password password) {
                assertThat(new String(password.characters())).isEqualTo("secret");
                seen.add(password.characters());
            }
            return AuthenticationResult.rejected("no");
        };
        try (AuthClient client = AuthClient.ready(authenticator)) {
            client.send(AuthClient.password("alice", "secret"));
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0)).containsOnly('\0');
        }
    }

    @Test
    void theBufferThatBroughtThePasswordIsOverwritten() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            ByteBuf payload = client.channel.alloc().buffer();
            AuthClient.password("alice", "secret").writeTo(payload);
            payload.retain();
            client.channel.writeInbound(payload);
            byte[] left = new byte[payload.writerIndex()];
            payload.getBytes(0, left);
            assertThat(left).containsOnly(0);
            payload.release();
            client.reply();
        }
    }

    @Test
    void aPasswordThatIsLongerThanTheLimitIsNotHashed() throws Exception {
        List<String> asked = new ArrayList<>();
        Authenticator authenticator = request -> {
            asked.add(request.user());
            return AuthenticationResult.rejected("no");
        };
        try (AuthClient client = AuthClient.ready(authenticator)) {
            client.send(AuthClient.password("alice", "x".repeat(Secrets.MAX_OCTETS)))
                    .isFailure();
            assertThat(asked).hasSize(1);
            client.send(AuthClient.password("alice", "x".repeat(Secrets.MAX_OCTETS + 1)));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void aPasswordThatIsNotTextEndsTheConnection() {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(AuthClient.request("alice", "password")
                    .writeBoolean(false)
                    .writeString(new byte[] {(byte) 0xff, (byte) 0xfe}));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    private final Authenticator expiring = request -> {
        if (request.credentials() instanceof Credentials.NewPassword change) {
            return new String(change.current().characters()).equals("old")
                            && new String(change.replacement().characters()).equals("long enough")
                    ? AuthenticationResult.accepted(Identity.of("alice"))
                    : new AuthenticationResult.PasswordExpired("Longer, please: ");
        }
        return request.credentials() instanceof Credentials.Password
                ? new AuthenticationResult.PasswordExpired("Change it: ")
                : AuthenticationResult.rejected("no");
    };

    private static SshWriter change(String current, String replacement) {
        return AuthClient.request("alice", "password")
                .writeBoolean(true)
                .writeString(current)
                .writeString(replacement);
    }

    @Test
    void anExpiredPasswordHasToBeChanged() throws Exception {
        try (AuthClient client = AuthClient.ready(expiring)) {
            AuthClient.Reply reply = client.send(AuthClient.password("alice", "old"));
            assertThat(reply.number()).isEqualTo(60);
            assertThat(reply.reader().readUtf8(100)).isEqualTo("Change it: ");
            assertThat(client.send(change("old", "short")).number()).isEqualTo(60);
            client.send(change("old", "long enough")).isSuccess();
        }
    }

    @Test
    void changingPasswordsDoesNotGoOnForEver() throws Exception {
        try (AuthClient client = AuthClient.ready(expiring, settings -> settings.maxAttempts(2))) {
            assertThat(client.send(change("old", "short")).number()).isEqualTo(60);
            client.send(change("old", "short"));
            client.assertDisconnected(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE);
        }
    }

    @Test
    void aPasswordThatNobodyCanChangeIsNotChanged() throws Exception {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            client.send(change("wönderland 🐇", "other")).isFailure();
        }
    }

    @Test
    void secretsAreInNoText() {
        PasswordProof proof = new PasswordProof(new Credentials.Password("secret".toCharArray()));
        assertThat(proof.toString()).doesNotContain("secret");
        AnswersProof answers = new AnswersProof(new Credentials.KeyboardInteractive(List.of("secret".toCharArray())));
        assertThat(answers.toString()).doesNotContain("secret");
    }
}
