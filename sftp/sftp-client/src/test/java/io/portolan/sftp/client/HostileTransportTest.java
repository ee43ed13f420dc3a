package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.TurnableHostKey;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.ssh.internal.transport.TransportSettings;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.transfer.TransferSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that attack the transport and the channels, over real sockets. */
final class HostileTransportTest {

    /** RFC 4253 section 11.1. */
    private static final long PROTOCOL_ERROR = 2;

    private static final Duration SHORT = Duration.ofMillis(200);

    private static <T extends Throwable> T failure(Class<T> type, SftpClient.Builder settings) {
        try (SftpClient client = settings.build()) {
            return catchThrowableOfType(type, client::connectBlocking);
        }
    }

    // identification

    @ParameterizedTest
    @CsvSource({"SSH-2.0-, 300, identification of more than 255 octets", "x, 9000, line of more than 8192 octets"})
    void whatIsTooLongBeforeTheKeysEndsTheConnection(String begin, int length, String because) throws Exception {
        byte[] octets = (begin + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write(octets);
            RawServer.drain(socket);
        })) {
            assertThat(failure(SftpProtocolException.class, ServerFixture.client(server.port())))
                    .hasMessageContaining(because);
        }
    }

    @Test
    void linesThatTrickleBeforeTheIdentificationGainNoTime() throws Exception {
        // as many lines as may come would take far longer than the whole handshake may
        try (RawServer server = new RawServer(socket -> {
            while (true) {
                socket.getOutputStream().write("wait\r\n".getBytes(StandardCharsets.US_ASCII));
                TimeUnit.MILLISECONDS.sleep(50);
            }
        })) {
            assertThat(failure(
                            SftpTimeoutException.class,
                            ServerFixture.client(server.port()).timeouts(SftpTimeouts.DEFAULT.withHandshake(SHORT))))
                    .hasMessageContaining("has not said what it is");
        }
    }

    // host keys

    /** Turns its key when it is asked for a file, and hears what comes behind that. */
    private static final class Turncoat extends PoliteScript {
        private final TurnableHostKey key;
        private final List<byte[]> heard;
        private final AtomicBoolean closed;
        private boolean greeted;
        private boolean turned;

        Turncoat(TurnableHostKey key, List<byte[]> heard, AtomicBoolean closed) {
            this.key = key;
            this.heard = heard;
            this.closed = closed;
        }

        @Override
        public void ready(Peer peer) {
            peer.whenClosed(() -> closed.set(true));
        }

        @Override
        public void received(Peer peer, byte[] payload) throws Exception {
            if (turned) {
                heard.add(payload);
            } else {
                super.received(peer, payload);
            }
        }

        @Override
        protected void data(Peer peer) {
            if (!greeted) {
                greeted = true;
                super.data(peer);
            } else {
                turned = true;
                key.turn();
            }
        }
    }

    /** What else known_hosts says of the second key. */
    enum SecondKey {
        UNKNOWN(""),
        REVOKED("@revoked "),
        KNOWN_TOO("%s ");

        private final String begin;

        SecondKey(String begin) {
            this.begin = begin;
        }

        String line(String host, TurnableHostKey key) {
            return switch (this) {
                case UNKNOWN -> "";
                case REVOKED -> begin + host + " " + key.secondLine() + "\n";
                case KNOWN_TOO -> begin.formatted(host) + key.secondLine() + "\n";
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatShowsAnotherKeyLaterIsLeftWhateverIsKnownOfThatKey(SecondKey known) throws Exception {
        TurnableHostKey key = new TurnableHostKey();
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        AtomicBoolean closed = new AtomicBoolean();
        // each packet uses the keys up
        TransportSettings restless = NastyServer.settings(
                SshAlgorithms.modern(), new RekeyLimits(RekeyLimits.STANDARD.octets(), 1, RekeyLimits.STANDARD.time()));
        try (NastyServer server = new NastyServer(restless, key, () -> new Turncoat(key, heard, closed))) {
            String host = "[127.0.0.1]:" + server.port();
            String lines = host + " " + key.firstLine() + "\n" + known.line(host, key);
            try (SftpClient client =
                            server.client().hostKeys(HostKeys.of(lines)).build();
                    BlockingSftpSession session = client.connectBlocking()) {
                HostKeyException no = catchThrowableOfType(
                        HostKeyException.class,
                        () -> session.download("file", TransferSink.toBytes(1), DownloadOptions.defaults()));
                assertThat(no.presentedFingerprint()).isEqualTo(key.secondFingerprint());
                assertThat(session.isOpen()).isFalse();
                assertThatThrownBy(() -> session.stat("file")).isInstanceOf(HostKeyException.class);
            }
            await().until(closed::get);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aFaultInWhoeverIsAskedAboutAHostIsANo() {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (NastyServer server = new NastyServer(() -> (peer, payload) -> heard.add(payload))) {
            assertThat(failure(
                            SftpException.class,
                            server.client().hostKeys(HostKeys.of("").asking(question -> {
                                throw new IllegalStateException("a fault");
                            }))))
                    .hasRootCauseInstanceOf(IllegalStateException.class);
            await().until(() -> !server.goodbyes().isEmpty());
        }
        assertThat(heard).isEmpty();
    }

    // floods

    private static SshWriter message(int number) {
        return new SshWriter().writeByte(number);
    }

    private static SshWriter ping(int octets) {
        return message(192).writeString(new byte[octets]);
    }

    /** Attacks when the client opens a channel. */
    private static Supplier<NastyServer.Script> whenLoggedIn(PoliteAttack attack) {
        return () -> new PoliteScript() {
            @Override
            protected void open(Peer peer, long channel) {
                attack.begin(peer);
            }
        };
    }

    private interface PoliteAttack {
        void begin(Peer peer);
    }

    /** Fewer pings than may be unanswered, with more data than all buffers of the two systems take, so that the client's socket takes nothing any more. */
    private static void block(Peer peer) {
        peer.stopReading();
        for (int i = 0; i < 250; i++) {
            peer.send(ping(32_000));
        }
    }

    private static void flood(Peer peer, int times, SshWriter message) {
        byte[] payload = message.toByteArray();
        for (int i = 0; i < times; i++) {
            peer.send(payload);
        }
    }

    private static void isLeft(PoliteAttack attack, String because) {
        try (NastyServer server = new NastyServer(whenLoggedIn(attack))) {
            assertThat(failure(SftpProtocolException.class, server.client())).hasMessageContaining(because);
        }
    }

    @Test
    void pingsWithoutEndByAServerThatDoesNotReadEndTheConnection() {
        isLeft(
                peer -> {
                    block(peer);
                    flood(peer, 1000, ping(16));
                },
                "wants answers without end, and reads none");
    }

    @Test
    void unknownMessagesWithoutEndByAServerThatDoesNotReadEndTheConnection() {
        isLeft(
                peer -> {
                    block(peer);
                    flood(peer, 1000, message(200));
                },
                "wants answers without end, and reads none");
    }

    @Test
    void globalRequestsWithoutEndByAServerThatDoesNotReadEndTheConnection() {
        isLeft(
                peer -> {
                    block(peer);
                    flood(peer, 5000, message(80).writeString("x@example.com").writeBoolean(true));
                },
                "asks and does not read the answers");
    }

    @ParameterizedTest
    @ValueSource(ints = {81, 82})
    void repliesThatNobodyAskedForEndTheConnection(int number) {
        isLeft(peer -> flood(peer, 10, message(number)), "a reply to a global request that nobody made");
    }

    @Test
    void pingsWithoutEndBeforeTheLoginEndTheConnection() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void service(Peer peer) {
                peer.stopReading();
                flood(peer, 20_000, ping(1_000));
            }
        })) {
            assertThat(failure(SftpProtocolException.class, server.client()))
                    .hasMessageContaining("wants answers without end, and reads none");
        }
    }

    @Test
    void unimplementedIsNotAnsweredByUnimplemented() throws Exception {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void open(Peer peer, long channel) {
                        flood(peer, 1000, message(3).writeUint32(1));
                        super.open(peer, channel);
                    }

                    @Override
                    protected void other(Peer peer, byte[] payload) {
                        heard.add(payload);
                    }
                });
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.isOpen()).isTrue();
            assertThat(heard).isEmpty();
        }
    }

    // compression

    private static TransportSettings compressing(String name) {
        SshAlgorithms modern = SshAlgorithms.modern();
        return new TransportSettings(
                AlgorithmProposal.symmetric(
                        modern.keyExchanges(), modern.hostKeys(), modern.ciphers(), modern.macs(), List.of(name)),
                false,
                RekeyLimits.STANDARD,
                TransportSettings.KEY_EXCHANGE_TIME,
                List.of("ssh-ed25519"));
    }

    @Test
    void aMessageThatGrowsAThousandfoldEndsTheConnection() {
        try (NastyServer server = new NastyServer(
                compressing("zlib@openssh.com"), whenLoggedIn(peer -> peer.send(new byte[20_000_000])))) {
            assertThat(failure(
                            SftpProtocolException.class,
                            server.client().algorithms(SshAlgorithms.modern().withCompression())))
                    .hasMessageContaining("a payload that grows beyond");
        }
    }

    @Test
    void compressionBeforeTheLoginIsNotAgreedTo() {
        try (NastyServer server = new NastyServer(compressing("zlib"), PoliteScript::new)) {
            assertThat(failure(
                            SftpException.class,
                            server.client().algorithms(SshAlgorithms.modern().withCompression())))
                    .hasMessageContaining("compression");
        }
    }

    // channels

    private static SshWriter confirmation(long window) {
        return message(91).writeUint32(0).writeUint32(7).writeUint32(window).writeUint32(1 << 15);
    }

    private static SshWriter data(long channel) {
        return message(94).writeUint32(channel).writeString("x");
    }

    private static void isLeftWithTheReason(SshWriter... messages) {
        try (NastyServer server = new NastyServer(whenLoggedIn(peer -> {
            for (SshWriter one : messages) {
                peer.send(one);
            }
        }))) {
            assertThat(failure(SftpException.class, server.client())).isNotNull();
            await().until(() -> !server.goodbyes().isEmpty());
            assertThat(server.goodbyes()).containsExactly(PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0x10000, 0x7fffffffL, 0x80000000L, 0xffffffffL})
    void dataForAChannelThatIsNotThereEndsTheConnection(long channel) {
        isLeft(
                peer -> {
                    // a number that is cut anywhere would be that of this one
                    peer.send(confirmation(1 << 20));
                    peer.send(data(channel));
                },
                "a message for channel " + channel + ", which is not open");
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 97, 98})
    void messagesForAChannelThatIsNotThereEndTheConnection(int number) {
        isLeft(
                peer -> peer.send(message(number)
                        .writeUint32(0x80000001L)
                        .writeBytes(number == 98 ? new byte[] {0, 0, 0, 1, 'x', 1} : new byte[0])),
                "a message for channel 2147483649, which is not open");
    }

    @Test
    void moreThanTheWindowHasEndsTheConnection() {
        SshWriter errors = message(95).writeUint32(0).writeUint32(1).writeString(new byte[32 * 1024]);
        isLeft(
                peer -> {
                    // no credit comes, as its message would wait behind the others
                    block(peer);
                    peer.send(confirmation(1 << 20));
                    flood(peer, 1024, errors);
                },
                "octets where the window has");
    }

    @Test
    void aSecondCloseEndsTheConnection() {
        isLeftWithTheReason(
                confirmation(1 << 20), message(97).writeUint32(0), message(97).writeUint32(0));
    }

    @Test
    void dataBehindCloseEndsTheConnection() {
        isLeftWithTheReason(confirmation(1 << 20), message(97).writeUint32(0), data(0));
    }

    @Test
    void dataBehindEofEndsTheConnection() {
        isLeftWithTheReason(confirmation(1 << 20), message(96).writeUint32(0), data(0));
    }
}
