package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.pool.PoolOptions;
import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pool learns of OpenSSH, and of servers that allow little and say so badly. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SftpPoolServersTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private static List<SftpLease> take(SftpPool pool, int count) throws Exception {
        List<CompletableFuture<SftpLease>> leasing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leasing.add(pool.lease());
        }
        List<SftpLease> leases = new ArrayList<>();
        for (CompletableFuture<SftpLease> one : leasing) {
            leases.add(one.get(30, TimeUnit.SECONDS));
        }
        return leases;
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 3", "10, 2"})
    void staysWithinMaxSessionsOfOpenSsh(int maxSessions, int connections) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path hostKey = keys.key("host", "ed25519");
        Path key = keys.key("user", "ed25519");
        Path banner = Files.writeString(folder.resolve("banner"), "hello\n");
        AtomicInteger logins = new AtomicInteger();
        try (SshdFixture server = SshdFixture.start(
                        folder,
                        List.of(hostKey),
                        List.of(SshKeys.publicHalf(key)),
                        "MaxSessions " + maxSessions,
                        "Banner " + banner);
                SftpClient client = SftpClient.builder()
                        .host("127.0.0.1")
                        .port(server.port())
                        .hostKeys(HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(hostKey)))
                        .user(
                                SshdFixture.user(),
                                SshLogin.builder().identity(key).build())
                        .banner(text -> logins.incrementAndGet())
                        .build();
                SftpPool pool = client.pool(
                        PoolOptions.builder().checkAfter(Duration.ZERO).build())) {
            for (int round = 0; round < 2; round++) {
                List<SftpLease> leases = take(pool, 5);
                for (int i = 0; i < leases.size(); i++) {
                    leases.get(i)
                            .blocking()
                            .upload(
                                    TransferSource.fromBytes(new byte[] {1}),
                                    folder.resolve("f" + i).toString(),
                                    UploadOptions.defaults());
                }
                assertThat(logins).hasValue(connections);
                leases.forEach(SftpLease::close);
                await().until(() -> pool.state().idle() == 5);
            }
            assertThat(pool.state().limit()).isEqualTo(PoolOptions.DEFAULT_MAX_CONNECTIONS);
        }
    }

    /** What is done about a second channel. */
    enum Second {
        REFUSED,
        WITHOUT_SUBSYSTEM,
        CUT,
        SILENT
    }

    /** Has any number of channels in which VERSION is said, and REALPATH answered; the client's numbers are also its own. */
    private static class Channels extends PoliteScript {
        private static final int OPEN_FAILURE = 92;
        private static final int CHANNEL_FAILURE = 100;
        private static final int INIT = 1;

        private final Second second;
        private int opened;

        Channels(Second second) {
            this.second = second;
        }

        @Override
        public void received(Peer peer, byte[] payload) throws Exception {
            SshReader reader = new SshReader(payload, 1, payload.length - 1);
            if (payload[0] == CHANNEL_DATA) {
                long channel = reader.readUint32();
                byte[] data = reader.readString();
                if (data[4] == INIT) {
                    peer.send(
                            message(CHANNEL_DATA).writeUint32(channel).writeString(new byte[] {0, 0, 0, 5, 2, 0, 0, 0, 3
                            }));
                } else {
                    asked(peer, channel, data);
                }
            } else {
                super.received(peer, payload);
            }
        }

        /** STATUS, that there is no such thing. */
        void asked(Peer peer, long channel, byte[] data) {
            SshWriter status = new SshWriter()
                    .writeByte(101)
                    .writeByte(data[5])
                    .writeByte(data[6])
                    .writeByte(data[7])
                    .writeByte(data[8])
                    .writeUint32(2)
                    .writeString("")
                    .writeString("");
            peer.send(message(CHANNEL_DATA)
                    .writeUint32(channel)
                    .writeString(
                            new SshWriter().writeString(status.toByteArray()).toByteArray()));
        }

        @Override
        protected void open(Peer peer, long channel) {
            opened++;
            if (opened > 1 && second == Second.REFUSED) {
                peer.send(message(OPEN_FAILURE)
                        .writeUint32(channel)
                        .writeUint32(4)
                        .writeString("no more")
                        .writeString(""));
            } else if (opened > 1 && second == Second.CUT) {
                peer.close();
            } else if (opened == 1 || second == Second.WITHOUT_SUBSYSTEM) {
                peer.send(message(OPEN_CONFIRMATION)
                        .writeUint32(channel)
                        .writeUint32(channel)
                        .writeUint32(1 << 20)
                        .writeUint32(1 << 15));
            }
        }

        @Override
        protected void channelRequest(Peer peer, long channel) {
            boolean runs = opened == 1 || second != Second.WITHOUT_SUBSYSTEM;
            peer.send(message(runs ? CHANNEL_SUCCESS : CHANNEL_FAILURE).writeUint32(channel));
        }
    }

    private static SftpClient.Builder client(NastyServer server) {
        return server.client().timeouts(SftpTimeouts.DEFAULT.withReply(SHORT));
    }

    @ParameterizedTest
    @EnumSource(Second.class)
    void whereAConnectionCarriesOneSessionOnlyThereIsOneForEach(Second second) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (NastyServer server = new NastyServer(() -> {
                    connections.incrementAndGet();
                    return new Channels(second);
                });
                SftpClient client = client(server).build();
                SftpPool pool = client.pool()) {
            SftpLease first = take(pool, 1).get(0);
            SftpLease next = take(pool, 1).get(0);
            assertThat(next.session().isOpen()).isTrue();
            assertThat(connections).hasValue(2);
            // a server that cuts takes the first one along, and each other leaves it alone
            await().until(() -> first.session().isOpen() == (second != Second.CUT));
            SftpLease third = take(pool, 1).get(0);
            assertThat(third.session().isOpen()).isTrue();
            assertThat(next.session().isOpen()).isTrue();
            first.close();
            next.close();
            third.close();
        }
    }

    @Test
    void aServerThatHangsUpOnOneConnectionMoreIsLeftWithThoseItHas() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (NastyServer server = new NastyServer(() -> connections.incrementAndGet() == 1
                        ? new Channels(Second.REFUSED)
                        : new PoliteScript() {
                            @Override
                            public void ready(Peer peer) {
                                peer.close();
                            }
                        });
                SftpClient client = client(server).build();
                SftpPool pool = client.pool()) {
            SftpLease first = take(pool, 1).get(0);
            CompletableFuture<SftpLease> second = pool.lease();
            await().until(() -> pool.state().limit() == 1);
            assertThat(second).isNotDone();
            first.close();
            second.get(30, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void aSessionThatDoesNotAnswerItsCheckIsNotHandedOut() throws Exception {
        AtomicBoolean dead = new AtomicBoolean();
        AtomicInteger connections = new AtomicInteger();
        try (NastyServer server = new NastyServer(() -> {
                    boolean dies = connections.incrementAndGet() == 1;
                    return new Channels(Second.REFUSED) {
                        @Override
                        void asked(Peer peer, long channel, byte[] data) {
                            if (!dies || !dead.get()) {
                                super.asked(peer, channel, data);
                            }
                        }
                    };
                });
                SftpClient client = client(server).build();
                SftpPool pool = client.pool(
                        PoolOptions.builder().checkAfter(Duration.ZERO).build())) {
            SftpLease first = take(pool, 1).get(0);
            first.close();
            await().until(() -> pool.state().idle() == 1);
            assertThat(connections).hasValue(1);
            dead.set(true);
            SftpLease next = take(pool, 1).get(0);
            assertThat(connections).hasValue(2);
            assertThat(first.session().isOpen()).isFalse();
            assertThat(next.session().isOpen()).isTrue();
            next.close();
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceForAllWhoWait() throws Exception {
        AtomicInteger passwords = new AtomicInteger();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void request(Peer peer, String method, SshReader reader) {
                        if (method.equals("password")) {
                            passwords.incrementAndGet();
                        }
                        refuse(peer, "password");
                    }
                });
                SftpClient client = client(server).build();
                SftpPool pool = client.pool()) {
            List<CompletableFuture<SftpLease>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(pool.lease());
            }
            for (CompletableFuture<SftpLease> one : waiting) {
                assertThatThrownBy(() -> one.get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(SftpAuthenticationException.class);
            }
            assertThat(passwords).hasValue(1);
        }
    }
}
