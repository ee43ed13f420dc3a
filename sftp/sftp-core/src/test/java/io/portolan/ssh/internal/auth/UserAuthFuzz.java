package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.sftp.auth.AuthorizedKeys;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.fuzz.FuzzTarget;
import io.portolan.testing.fuzz.Messages;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The messages of a client that would like to be let in, and must not: none of them is signed, and no password is right. */
public final class UserAuthFuzz implements FuzzTarget {

    private static final SshKeyPair KEY = TestKeys.ED25519;

    /** Nobody could hit upon it. */
    private static final String PASSWORD = "e2e6b3a4-5a4b-4f3c-9a55-wonderland";

    private static final Authenticator ALICE = Authenticators.firstOf(
            Authenticators.user("alice", PASSWORD),
            AuthorizedKeys.of(
                    "alice",
                    KEY.publicKey().type() + " "
                            + Base64.getEncoder().encodeToString(KEY.publicKey().blob())));

    @Override
    public List<byte[]> seeds() {
        byte[] service = AuthClient.serviceRequest("ssh-userauth").toByteArray();
        byte[] certificate = new TestCertificate(KEY.publicKey()).blob();
        SshWriter newPassword = AuthClient.request("alice", "password")
                .writeBoolean(true)
                .writeString("old")
                .writeString("new");
        SshWriter unsigned = AuthClient.request("alice", "publickey")
                .writeBoolean(true)
                .writeString("ssh-ed25519")
                .writeString(KEY.publicKey().blob())
                .writeString(KEY.sign("ssh-ed25519", new byte[] {1}));
        return List.of(
                join(service, AuthClient.request("alice", "none"), AuthClient.password("alice", "wrong")),
                join(service, AuthClient.query("alice", KEY.publicKey()), unsigned),
                join(service, AuthClient.query("alice", "ssh-ed25519-cert-v01@openssh.com", certificate)),
                join(service, AuthClient.keyboardInteractive("alice"), AuthClient.answers("wrong")),
                join(service, newPassword, AuthClient.request("alice", "hostbased")));
    }

    private static byte[] join(byte[] service, SshWriter... messages) {
        byte[] rest = Messages.join(
                Arrays.stream(messages).map(SshWriter::toByteArray).toList());
        byte[] first = Messages.join(List.of(service));
        byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    @Override
    public void take(byte[] input) {
        try (AuthClient client = new AuthClient(ALICE)) {
            for (byte[] message : Messages.split(input)) {
                if (message.length > 0 && client.transport.disconnected == null) {
                    client.put(new SshWriter().writeBytes(message));
                    client.pass(100);
                }
            }
            client.pass(1_000);
            client.channel.checkException();
            assertThat(client.users).isEmpty();
            assertThat(client.transport.calls).doesNotContain("authenticated");
        }
    }
}
