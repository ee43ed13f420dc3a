package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.transport.verification.FingerprintVerifier;
import net.schmizz.sshj.xfer.InMemorySourceFile;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JSch, sshj and Apache MINA SSHD, in this JVM. */
final class JvmClientsTest {

    private static final byte[] CONTENT = Payload.bytes(1_000_000);

    @Test
    void jschMovesFilesBothWays() throws Exception {
        try (SftpFixture server = SftpFixture.inMemory()) {
            Session session = new JSch().getSession(SftpFixture.USER, "127.0.0.1", server.port());
            session.setPassword(SftpFixture.PASSWORD.getBytes(StandardCharsets.UTF_8));
            session.setConfig("StrictHostKeyChecking", "no");
            session.connect(Patience.MILLIS);
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(Patience.MILLIS);
            sftp.mkdir("/folder");
            sftp.put(new ByteArrayInputStream(CONTENT), "/folder/one");
            sftp.rename("/folder/one", "/folder/two");
            assertThat(sftp.stat("/folder/two").getSize()).isEqualTo(CONTENT.length);
            assertThat(sftp.ls("/folder"))
                    .extracting(ChannelSftp.LsEntry::getFilename)
                    .contains("two");
            try (InputStream in = sftp.get("/folder/two")) {
                assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            }
            session.disconnect();
        }
    }

    @Test
    void sshjMovesFilesBothWays() throws Exception {
        try (SftpFixture server = SftpFixture.inMemory();
                SSHClient client = new SSHClient()) {
            client.addHostKeyVerifier(FingerprintVerifier.getInstance(
                    server.server().hostKeys().get(0).fingerprint()));
            client.connect("127.0.0.1", server.port());
            client.authPassword(SftpFixture.USER, SftpFixture.PASSWORD);
            try (SFTPClient sftp = client.newSFTPClient()) {
                sftp.put(
                        new InMemorySourceFile() {
                            @Override
                            public String getName() {
                                return "one";
                            }

                            @Override
                            public long getLength() {
                                return CONTENT.length;
                            }

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(CONTENT);
                            }
                        },
                        "/one");
                sftp.rename("/one", "/two");
                assertThat(sftp.stat("/two").getSize()).isEqualTo(CONTENT.length);
            }
            assertThat(server.read("/two")).isEqualTo(CONTENT);
        }
    }

    private static ClientSession mina(SshClient client, SftpFixture server) throws Exception {
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
        ClientSession session = client.connect(SftpFixture.USER, "127.0.0.1", server.port())
                .verify(Duration.ofMillis(Patience.MILLIS))
                .getSession();
        session.addPasswordIdentity(SftpFixture.PASSWORD);
        session.auth().verify(Duration.ofMillis(Patience.MILLIS));
        return session;
    }

    @ParameterizedTest
    @EnumSource(
            value = BuiltinDHFactories.class,
            names = {"mlkem768x25519", "mlkem768nistp256", "mlkem1024nistp384", "sntrup761x25519"})
    void minaExchangesKeysAgainstQuantumComputers(BuiltinDHFactories method) throws Exception {
        try (SftpFixture server = SftpFixture.inMemory();
                SshClient client = SshClient.setUpDefaultClient()) {
            client.setKeyExchangeFactories(List.of(ClientBuilder.DH2KEX.apply(method)));
            try (ClientSession session = mina(client, server)) {
                assertThat(session.isAuthenticated()).isTrue();
                assertThat(server.server()
                                .sessions()
                                .get(0)
                                .encryption()
                                .orElseThrow()
                                .cipher())
                        .startsWith(method.getName());
            }
        }
    }
}
