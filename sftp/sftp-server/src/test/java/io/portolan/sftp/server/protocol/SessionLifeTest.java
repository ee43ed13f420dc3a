package io.portolan.sftp.server.protocol;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.guard.StandardLoginGuard;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Sessions from their begin to their end, as the embedder sees them. */
final class SessionLifeTest {

    private static final int SSH_FXP_CLOSE = 4;
    private static final int SSH_FXP_STATUS = 101;
    private static final int SSH_FXP_EXTENDED = 200;
    private static final int SSH_FX_OP_UNSUPPORTED = 8;
    private static final int SSH_FXF_WRITE_CREATE = 0x02 | 0x08;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private final SessionListener listener = new SessionListener() {
        @Override
        public void connected(SessionInfo session) {
            told.add("connected " + session.protocol() + " " + session.user().isPresent());
        }

        @Override
        public void loggedIn(SessionInfo session) {
            told.add("loggedIn " + session.user().map(Identity::name).orElse("?") + " "
                    + session.encryption().map(Object::toString).orElse("?") + " "
                    + session.clientSoftware().orElse("?"));
        }

        @Override
        public void loginFailed(SessionInfo session, String user, String reason) {
            told.add("loginFailed " + user);
        }

        @Override
        public void transferCompleted(SessionInfo session, TransferInfo transfer) {
            told.add("completed " + transfer.direction() + " " + transfer.path() + " " + transfer.bytes());
        }

        @Override
        public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
            told.add("aborted " + transfer.path());
        }

        @Override
        public void disconnected(SessionInfo session, String reason) {
            told.add("disconnected " + reason);
        }
    };

    private SftpFixture serve(UnaryOperator<SftpServerConfig.Builder> settings) {
        return SftpFixture.serving(InMemoryFileSystem.create(), builder -> settings.apply(builder.listener(listener)));
    }

    private static SshWriter closing(byte[] handle) {
        return new SshWriter().writeByte(SSH_FXP_CLOSE).writeUint32(7).writeString(handle);
    }

    private static int status(byte[] packet) {
        assertThat(packet[0]).isEqualTo((byte) SSH_FXP_STATUS);
        return packet[8];
    }

    @Test
    void listenersAreToldOfEachStep() throws Exception {
        try (SftpFixture server = serve(settings -> settings)) {
            try (RawClient client = RawClient.sftp(server.port(), USER, PASSWORD)) {
                byte[] handle = client.open("/file", SSH_FXF_WRITE_CREATE);
                client.write(handle, 0, "hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(status(client.packet())).isZero();
                client.sendPacket(closing(handle));
                assertThat(status(client.packet())).isZero();
            }
            await().until(() -> server.server().sessions().isEmpty());
        }
        assertThat(told)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("connected SFTP false"),
                        line -> assertThat(line)
                                .startsWith("loggedIn alice Encryption[protocol=SSH-2.0, cipher=")
                                .contains("+ssh-ed25519+"),
                        line -> assertThat(line).isEqualTo("completed UPLOAD /file 5"),
                        line -> assertThat(line).startsWith("disconnected "));
    }

    @Test
    void whoIsKickedIsToldWhyAndLeavesNoTornFile() throws Exception {
        try (SftpFixture server = serve(settings -> settings);
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD)) {
            client.write(client.open("/file", SSH_FXF_WRITE_CREATE), 0, new byte[10]);
            assertThat(status(client.packet())).isZero();
            SessionInfo session = server.server().sessions().get(0);
            assertThat(server.server().disconnect(session.id(), "go away")).isTrue();

            assertThat(client.goodbye())
                    .succeedsWithin(Patience.LONG_ENOUGH)
                    .satisfies(goodbye -> assertThat(goodbye.description()).isEqualTo("go away"))
                    .satisfies(
                            goodbye -> assertThat(goodbye.reason()).isEqualTo(DisconnectReason.BY_APPLICATION.code()));
            await().until(() -> server.server().sessions().isEmpty());
            assertThat(server.exists("/file")).isFalse();
        }
        assertThat(told).contains("aborted /file", "disconnected go away");
    }

    @Test
    void aStopWaitsForTransfersThatRunAndLetsNoneBegin() throws Exception {
        try (SftpFixture server = serve(settings -> settings);
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD);
                RawClient idle = RawClient.sftp(server.port(), USER, PASSWORD)) {
            byte[] handle = client.open("/file", SSH_FXF_WRITE_CREATE);
            CompletableFuture<Void> stopped = server.server().stop(Duration.ofMinutes(10));
            assertThat(idle.closed()).succeedsWithin(Patience.LONG_ENOUGH);
            await().until(() -> {
                client.sendPacket(new SshWriter()
                        .writeByte(3)
                        .writeUint32(9)
                        .writeString("/other")
                        .writeUint32(SSH_FXF_WRITE_CREATE)
                        .writeUint32(0));
                byte[] answer = client.packet();
                return answer[0] == SSH_FXP_STATUS
                        && new String(answer, StandardCharsets.UTF_8).contains("The server is stopping");
            });
            client.write(handle, 0, new byte[10]);
            assertThat(status(client.packet())).isZero();
            assertThat(stopped).isNotDone();
            client.sendPacket(closing(handle));

            assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
            assertThat(server.read("/file")).hasSize(10);
        }
    }

    @Test
    void idleSessionsAreEndedAndKeepAlivesAreNoSignOfLife() {
        try (SftpFixture server =
                        serve(settings -> settings.timeouts(SftpFixture.TIMEOUTS.withIdle(Duration.ofSeconds(1))));
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD)) {
            await().until(() -> {
                client.send(new SshWriter()
                        .writeByte(80)
                        .writeString("keepalive@openssh.com")
                        .writeByte(1));
                return client.closed().isDone();
            });
            await().until(() -> server.server().sessions().isEmpty());
        }
        assertThat(told).contains("disconnected Idle for 1 seconds");
    }

    @Test
    void whoIsTooManyHearsOfItInALine() throws Exception {
        ConnectionLimits one = ConnectionLimits.builder().perAddress(1).build();
        try (SftpFixture server = serve(settings -> settings.limits(one))) {
            try (RawClient first = RawClient.sftp(server.port(), USER, PASSWORD)) {
                assertThat(first.closed()).isNotDone();
                assertThat(line(server)).startsWith("Too many connect");
            }
            await().until(() -> line(server).startsWith("SSH-2.0-Portolan"));
        }
    }

    private static String line(SftpFixture server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(Patience.MILLIS);
            return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void whoGuessesTooOftenIsLockedOut() throws Exception {
        LoginGuard guard = StandardLoginGuard.builder().failures(2).build();
        try (SftpFixture server = serve(settings -> settings.loginGuard(guard))) {
            await().until(() -> {
                if (line(server).startsWith("Too many failed ")) {
                    return true;
                }
                guess(server);
                return false;
            });
        }
        assertThat(told).contains("loginFailed alice");
    }

    private static void guess(SftpFixture server) {
        try (RawClient client = RawClient.connect(server.port())) {
            password(client, "a guess");
            client.expect(51);
        }
    }

    private static void password(RawClient client, String password) {
        client.send(new SshWriter().writeByte(5).writeString("ssh-userauth"));
        client.expect(6);
        client.send(new SshWriter()
                .writeByte(50)
                .writeString(USER)
                .writeString("ssh-connection")
                .writeString("password")
                .writeByte(0)
                .writeString(password));
    }

    @Test
    void filesThatCannotBeOpenedKeepTheirUserOut() {
        try (SftpFixture server = serve(settings -> settings.files((user, session) -> {
            throw new IOException("the disk is gone");
        }))) {
            try (RawClient client = RawClient.connect(server.port())) {
                password(client, PASSWORD);
                assertThat(client.expect(51)).isNotEmpty();
            }
            await().until(() -> server.server().sessions().isEmpty());
        }
        assertThat(told).contains("loginFailed alice");
    }

    @Test
    void aForcedCommandMakesASessionThatOnlyReads() throws Exception {
        try (SftpFixture server = serve(settings ->
                        settings.authenticator(request -> AuthenticationResult.accepted(LoginRestrictions.builder()
                                .forcedCommand("internal-sftp -R")
                                .build()
                                .attachTo(Identity.of(request.user())))));
                RawClient client = RawClient.sftp(server.port(), "bob", "whatever")) {
            client.sendPacket(new SshWriter()
                    .writeByte(3)
                    .writeUint32(9)
                    .writeString("/file")
                    .writeUint32(SSH_FXF_WRITE_CREATE)
                    .writeUint32(0));
            assertThat(status(client.packet())).isEqualTo(3);
        }
    }

    @Test
    void aFaultInAnAnswerFromAWorkerEndsTheConnectionAtOnce() throws Exception {
        LoginGuard faulty = new LoginGuard() {
            @Override
            public boolean allowed(InetAddress source) {
                return true;
            }

            @Override
            public Duration failed(InetAddress source, String user) {
                return Duration.ZERO;
            }

            @Override
            public void succeeded(InetAddress source, String user) {
                throw new IllegalStateException("made for this test");
            }

            @Override
            public boolean unban(InetAddress source) {
                return false;
            }

            @Override
            public List<Ban> bans() {
                return List.of();
            }
        };
        try (SftpFixture server = serve(settings -> settings.loginGuard(faulty));
                RawClient client = RawClient.connect(server.port())) {
            client.send(new SshWriter().writeByte(5).writeString("ssh-userauth"));
            client.expect(6);
            client.send(new SshWriter()
                    .writeByte(50)
                    .writeString(USER)
                    .writeString("ssh-connection")
                    .writeString("password")
                    .writeBoolean(false)
                    .writeString(PASSWORD));
            // not the two minutes that a login may take
            client.closed().get(20, TimeUnit.SECONDS);
            await().until(() -> server.server().sessions().isEmpty());
        }
    }

    @Test
    void whatIsNotToBeToldOfTheStoreIsNotThereToBeAskedFor() {
        SshWriter space = new SshWriter()
                .writeByte(SSH_FXP_EXTENDED)
                .writeUint32(7)
                .writeString("statvfs@openssh.com")
                .writeString("/");
        SshWriter names = new SshWriter()
                .writeByte(SSH_FXP_EXTENDED)
                .writeUint32(7)
                .writeString("users-groups-by-id@openssh.com")
                .writeString("")
                .writeString("");
        try (SftpFixture server = serve(settings -> settings.tellsSpace(false).tellsNames(false));
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD)) {
            assertThat(client.status(space)).isEqualTo(SSH_FX_OP_UNSUPPORTED);
            assertThat(client.status(names)).isEqualTo(SSH_FX_OP_UNSUPPORTED);
        }
    }
}
