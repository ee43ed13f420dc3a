package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.ssh.internal.auth.AuthClient.Reply;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublicKeyLoginTest {

    private final List<Credentials.PublicKey> seen = new ArrayList<>();

    private Authenticator owner(SshKeyPair... pairs) {
        return request -> {
            if (request.credentials() instanceof Credentials.PublicKey key) {
                seen.add(key);
                boolean known = Arrays.stream(pairs)
                        .anyMatch(pair ->
                                Arrays.equals(key.blob(), pair.publicKey().blob()));
                if (known) {
                    return AuthenticationResult.accepted(Identity.of(request.user()));
                }
            }
            return AuthenticationResult.rejected("not the owner");
        };
    }

    @Test
    void eachTypeOfKeyLogsInWithEachOfItsAlgorithms() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            for (String algorithm : pair.publicKey().signatureAlgorithms()) {
                try (AuthClient client = AuthClient.ready(owner(pair))) {
                    byte[] blob = pair.publicKey().blob();
                    Reply ok = client.send(AuthClient.query("alice", algorithm, blob));
                    assertThat(ok.number()).isEqualTo(60);
                    assertThat(ok.reader().readName()).isEqualTo(algorithm);
                    assertThat(ok.reader().readString()).isEqualTo(blob);
                    ok.reader().expectEnd();
                    client.send(client.signed("alice", pair, algorithm, algorithm, blob))
                            .isSuccess();
                    assertThat(client.users.get(0).keys())
                            .containsExactly(pair.publicKey().fingerprint());
                }
            }
        }
    }

    @Test
    void theAuthenticatorSeesAKeyAsSignedOnlyWhenItsSignatureHasBeenVerified() {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()));
            assertThat(seen).extracting(Credentials.PublicKey::signed).containsExactly(false);
            client.send(client.signed("alice", TestKeys.ED25519)).isSuccess();
            assertThat(seen).extracting(Credentials.PublicKey::signed).containsExactly(false, true);
            assertThat(seen.get(1).algorithm()).isEqualTo("ssh-ed25519");
        }
    }

    @Test
    void theKeyOfTheSessionIsTheOneThatSignedAndNotTheOneThatWasAskedForLast() {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519, TestKeys.P256))) {
            client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()));
            client.send(AuthClient.query("alice", TestKeys.P256.publicKey()));
            client.send(client.signed("alice", TestKeys.ED25519)).isSuccess();
            assertThat(client.users.get(0).keys())
                    .containsExactly(TestKeys.ED25519.publicKey().fingerprint());
            assertThat(seen.get(seen.size() - 1).blob())
                    .isEqualTo(TestKeys.ED25519.publicKey().blob());
        }
    }

    @Test
    void queriesNeverLogInHoweverOftenTheyAreAccepted() {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(AuthClient.query("alice", TestKeys.ED25519.publicKey()))
                                .number())
                        .isEqualTo(60);
            }
            assertThat(client.users).isEmpty();
            assertThat(client.transport.calls).isEmpty();
        }
    }

    @Test
    void queriesThatAreRejectedAreNoAttempts() throws Exception {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.RSA), settings -> settings.maxAttempts(1))) {
            for (SshKeyPair pair : List.of(TestKeys.ED25519, TestKeys.P256, TestKeys.P384)) {
                client.send(AuthClient.query("alice", pair.publicKey())).isFailure();
            }
            assertThat(client.refusals).isEmpty();
            client.send(client.signed("alice", TestKeys.RSA)).isSuccess();
        }
    }

    private void assertRefused(AuthClient client, SshWriter request) throws Exception {
        client.send(request).isFailure();
        assertThat(client.users).isEmpty();
        assertThat(seen).extracting(Credentials.PublicKey::signed).doesNotContain(true);
    }

    @Test
    void theSignatureHasToCoverThisSession() throws Exception {
        try (AuthClient other = AuthClient.ready(owner(TestKeys.ED25519));
                AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            other.transport.sessionId[0] = 1;
            assertRefused(client, other.signed("alice", TestKeys.ED25519));
        }
    }

    @Test
    void theSignatureHasToCoverExactlyThisRequest() throws Exception {
        byte[] blob = TestKeys.RSA.publicKey().blob();
        try (AuthClient client = AuthClient.ready(owner(TestKeys.RSA))) {
            SshWriter ofBob = AuthClient.request("bob", "publickey")
                    .writeBoolean(true)
                    .writeString("rsa-sha2-512")
                    .writeString(blob);
            SshWriter ofAlice = AuthClient.request("alice", "publickey")
                    .writeBoolean(true)
                    .writeString("rsa-sha2-512")
                    .writeString(blob);
            assertRefused(client, ofAlice.writeString(TestKeys.RSA.sign("rsa-sha2-512", client.signedData(ofBob))));
        }
    }

    @Test
    void theSignatureSaysTheAlgorithmOfTheRequest() throws Exception {
        byte[] blob = TestKeys.RSA.publicKey().blob();
        try (AuthClient client = AuthClient.ready(owner(TestKeys.RSA))) {
            assertRefused(client, client.signed("alice", TestKeys.RSA, "rsa-sha2-512", "rsa-sha2-256", blob));
        }
    }

    @Test
    void theKeyIsOfTheTypeThatItsAlgorithmSays() throws Exception {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519, TestKeys.RSA))) {
            byte[] rsa = TestKeys.RSA.publicKey().blob();
            assertRefused(client, client.signed("alice", TestKeys.ED25519, "ssh-ed25519", "ssh-ed25519", rsa));
            assertRefused(client, AuthClient.query("alice", "ecdsa-sha2-nistp256", rsa));
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void anotherKeysSignatureIsWrong() throws Exception {
        byte[] blob = TestKeys.ED25519.publicKey().blob();
        SshKeyPair other = SshKeyPair.generateEd25519(TestKeys.RANDOM);
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            assertRefused(client, client.signed("alice", other, "ssh-ed25519", "ssh-ed25519", blob));
        }
    }

    @Test
    void sha1AndDsaAreNeverTakenAndNotOffered() throws Exception {
        assertThat(UserAuthSettings.defaults().keyAlgorithms()).doesNotContain("ssh-rsa", "ssh-dss");
        try (AuthClient client = AuthClient.ready(owner(TestKeys.RSA))) {
            byte[] blob = TestKeys.RSA.publicKey().blob();
            assertRefused(client, AuthClient.query("alice", "ssh-rsa", blob));
            assertRefused(client, client.signed("alice", TestKeys.RSA, "ssh-rsa", "rsa-sha2-256", blob));
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void algorithmsThatAreTurnedOffAreNotTaken() throws Exception {
        try (AuthClient client =
                AuthClient.ready(owner(TestKeys.RSA), settings -> settings.keyAlgorithms(List.of("ssh-ed25519")))) {
            assertRefused(client, client.signed("alice", TestKeys.RSA));
        }
    }

    @Test
    void brokenKeysAndSignaturesAreRefusedWithoutAnsweringOtherwise() throws Exception {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            assertRefused(client, AuthClient.query("alice", "ssh-ed25519", new byte[0]));
            assertRefused(client, AuthClient.query("alice", "ssh-ed25519", new byte[] {0, 0, 0, 1}));
            byte[] blob = TestKeys.ED25519.publicKey().blob();
            assertRefused(client, AuthClient.query("alice", "ssh-ed25519", Arrays.copyOf(blob, blob.length + 1)));
            assertRefused(
                    client,
                    AuthClient.request("alice", "publickey")
                            .writeBoolean(true)
                            .writeString("ssh-ed25519")
                            .writeString(blob)
                            .writeString(new byte[] {0, 0}));
            assertThat(client.transport.disconnected).isNull();
        }
    }

    @Test
    void octetsBehindTheRequestEndTheConnection() {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            client.send(client.signed("alice", TestKeys.ED25519).writeByte(0));
            client.assertDisconnected(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    private SshWriter hostBound(AuthClient client, byte[] hostKey) {
        SshKeyPair pair = TestKeys.ED25519;
        SshWriter request = AuthClient.request("alice", "publickey-hostbound-v00@openssh.com")
                .writeBoolean(true)
                .writeString("ssh-ed25519")
                .writeString(pair.publicKey().blob())
                .writeString(hostKey);
        return request.writeString(pair.sign("ssh-ed25519", client.signedData(request)));
    }

    @Test
    void aSignatureMayBeBoundToTheHostKeyOfThisConnectionAndToNoOther() throws Exception {
        try (AuthClient client = AuthClient.ready(owner(TestKeys.ED25519))) {
            assertRefused(client, hostBound(client, new byte[] {9}));
            client.send(hostBound(client, client.transport.hostKey)).isSuccess();
        }
    }
}
