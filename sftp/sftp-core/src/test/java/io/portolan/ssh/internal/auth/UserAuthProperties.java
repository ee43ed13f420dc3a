package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.sftp.auth.AuthorizedKeys;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a client sends, it is not let in by it, and nothing is thrown at the pipeline. */
final class UserAuthProperties {

    private static final SshKeyPair KEY = TestKeys.ED25519;

    private static final Authenticator ALICE = Authenticators.firstOf(
            Authenticators.user("alice", "wonderland"),
            AuthorizedKeys.of(
                    "alice",
                    KEY.publicKey().type() + " "
                            + Base64.getEncoder().encodeToString(KEY.publicKey().blob())));

    private static void assertNobody(AuthClient client) {
        client.channel.runPendingTasks();
        client.channel.checkException();
        assertThat(client.users).isEmpty();
        assertThat(client.transport.calls).doesNotContain("authenticated");
    }

    @Property
    void anyOctetsBehindAnyNumber(
            @ForAll @IntRange(max = 255) int number, @ForAll byte[] octets, @ForAll boolean service) {
        try (AuthClient client = service ? AuthClient.ready(ALICE) : new AuthClient(ALICE)) {
            client.put(new SshWriter().writeByte(number).writeBytes(octets));
            client.pass(100);
            assertNobody(client);
        }
    }

    @Property
    void anyOctetsBehindTheNameOfAMethod(@ForAll @IntRange(max = 4) int method, @ForAll byte[] octets) {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            String name = List.of(
                            "none",
                            "password",
                            "publickey",
                            "keyboard-interactive",
                            "publickey-hostbound-v00@openssh.com")
                    .get(method);
            client.put(AuthClient.request("alice", name).writeBytes(octets));
            client.pass(100);
            client.put(new SshWriter().writeByte(61).writeBytes(octets));
            client.pass(100);
            assertNobody(client);
        }
    }

    @Property(tries = 300)
    void aSignedRequestInWhichAnyOctetIsChanged(@ForAll long seed) {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            byte[] request = client.signed("alice", KEY).toByteArray();
            // That a signature follows says every value but 0, and what is signed has a 1 there (RFC 4251, section 5;
            // RFC 4252, section 7).
            int flag = AuthClient.request("alice", "publickey").toByteArray().length;
            Random random = new Random(seed);
            int changed = random.nextInt(request.length);
            request[changed] = changed == flag ? 0 : (byte) (request[changed] ^ (1 + random.nextInt(255)));
            client.put(new SshWriter().writeBytes(request));
            client.pass(100);
            assertNobody(client);
        }
    }

    /** As OpenSSH has it. */
    @Property(tries = 20)
    void aFlagOfAnyValueButZeroSaysThatASignatureFollows(@ForAll @IntRange(min = 1, max = 255) int value) {
        try (AuthClient client = AuthClient.ready(ALICE)) {
            byte[] request = client.signed("alice", KEY).toByteArray();
            request[AuthClient.request("alice", "publickey").toByteArray().length] = (byte) value;
            client.put(new SshWriter().writeBytes(request));
            client.pass(100);
            assertThat(client.users).hasSize(1);
        }
    }

    /** Requests, answers and queries in any order and number; only the one right request lets in, and then as the right user. */
    @Property
    void anyOrderOfMessages(@ForAll @Size(max = 12) List<@IntRange(max = 9) Integer> steps) {
        try (AuthClient client = new AuthClient(ALICE)) {
            for (int step : steps) {
                if (client.users.isEmpty()) {
                    client.put(message(client, step));
                    client.pass(step % 2 == 0 ? 0 : 100);
                }
            }
            client.pass(1_000);
            client.channel.checkException();
            assertThat(client.users).hasSizeLessThanOrEqualTo(1);
            if (!steps.contains(9)) {
                assertThat(client.users).isEmpty();
            }
            client.users.forEach(user -> assertThat(user.identity().name()).isEqualTo("alice"));
        }
    }

    private static SshWriter message(AuthClient client, int step) {
        return switch (step) {
            case 0 -> AuthClient.serviceRequest("ssh-userauth");
            case 1 -> AuthClient.request("alice", "none");
            case 2 -> AuthClient.password("alice", "wrong");
            case 3 -> AuthClient.query("alice", KEY.publicKey());
            case 4 -> AuthClient.keyboardInteractive("alice");
            case 5 -> AuthClient.answers("wrong");
            case 6 -> client.signed("bob", KEY);
            case 7 -> AuthClient.request("alice", "hostbased");
            case 8 -> AuthClient.password("bob", "wonderland");
            default -> AuthClient.password("alice", "wonderland");
        };
    }
}
