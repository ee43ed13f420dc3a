package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break the rules, or keep us waiting, in each phase. */
final class HostileServerTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private static <T extends Throwable> T failure(Class<T> type, SftpClient.Builder settings) {
        try (SftpClient client = settings.build()) {
            return catchThrowableOfType(type, client::connectBlocking);
        }
    }

    private static void isLeft(Supplier<NastyServer.Script> script, String because) {
        try (NastyServer server = new NastyServer(script)) {
            assertThat(failure(SftpProtocolException.class, server.client())).hasMessageContaining(because);
        }
    }

    // identification

    @ParameterizedTest
    @ValueSource(strings = {"SSH-1.5-old\r\n", "SSH-2.0-\u0007bell\r\n"})
    void anIdentificationThatIsNoneEndsTheConnection(String line) throws Exception {
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
            RawServer.drain(socket);
        })) {
            failure(SftpProtocolException.class, ServerFixture.client(server.port()));
        }
    }

    @Test
    void linesWithoutEndBeforeTheIdentificationEndTheConnection() throws Exception {
        byte[] lines = "a line\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = new RawServer(socket -> {
            while (true) {
                socket.getOutputStream().write(lines);
            }
        })) {
            assertThat(failure(SftpProtocolException.class, ServerFixture.client(server.port())))
                    .hasMessageContaining("lines before the identification");
        }
    }

    @Test
    void aServerThatHangsUpAtOnceIsTold() throws Exception {
        try (RawServer server = new RawServer(socket -> {})) {
            assertThat(failure(SftpConnectionException.class, ServerFixture.client(server.port()))
                            .isRetryable())
                    .isTrue();
        }
    }

    // silence in each phase

    private static void isWaitedForNoLongerThanThat(SftpClient.Builder settings, String what) {
        SftpTimeoutException late = failure(SftpTimeoutException.class, settings);
        assertThat(late).hasMessageContaining(what);
        assertThat(late.isRetryable()).isTrue();
    }

    @Test
    void silenceInsteadOfAnIdentification() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            isWaitedForNoLongerThanThat(
                    ServerFixture.client(server.port()).timeouts(SftpTimeouts.DEFAULT.withHandshake(SHORT)),
                    "has not said what it is");
        }
    }

    @Test
    void silenceInsteadOfKeys() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write("SSH-2.0-silent\r\n".getBytes(StandardCharsets.US_ASCII));
            RawServer.drain(socket);
        })) {
            isWaitedForNoLongerThanThat(
                    ServerFixture.client(server.port()).timeouts(SftpTimeouts.DEFAULT.withHandshake(SHORT)),
                    "keys were not exchanged");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PoliteSteps.SERVICE, PoliteSteps.NONE, PoliteSteps.PASSWORD})
    void silenceDuringTheLogin(int step) {
        try (NastyServer server = new NastyServer(() -> new PoliteSteps(step))) {
            isWaitedForNoLongerThanThat(
                    server.client().timeouts(SftpTimeouts.DEFAULT.withLogin(SHORT)), "has not answered to a login");
        }
    }

    /** Falls silent at some step. */
    private static final class PoliteSteps extends PoliteScript {
        static final int SERVICE = 1;
        static final int NONE = 2;
        static final int PASSWORD = 3;

        private final int silentAt;

        PoliteSteps(int silentAt) {
            this.silentAt = silentAt;
        }

        @Override
        protected void service(Peer peer) {
            if (silentAt != SERVICE) {
                super.service(peer);
            }
        }

        @Override
        protected void request(Peer peer, String method, SshReader reader) throws Exception {
            if (silentAt != (method.equals("none") ? NONE : PASSWORD) && silentAt != SERVICE) {
                super.request(peer, method, reader);
            }
        }
    }

    @Test
    void silenceInsteadOfAChannel() {
        Supplier<NastyServer.Script> script = () -> new PoliteScript() {
            @Override
            protected void open(Peer peer, long channel) {
                // nothing
            }
        };
        try (NastyServer server = new NastyServer(script)) {
            isWaitedForNoLongerThanThat(
                    server.client().timeouts(SftpTimeouts.DEFAULT.withReply(SHORT)),
                    "has not opened the subsystem sftp");
        }
    }

    // logins

    @Test
    void successThatNobodyHasAskedForIsNone() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    public void ready(Peer peer) {
                        peer.send(message(USERAUTH_SUCCESS));
                    }

                    @Override
                    public void received(Peer peer, byte[] payload) {
                        // it has said all
                    }
                },
                "while nothing was asked");
    }

    @Test
    void successInsteadOfTheServiceIsNone() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        peer.send(message(USERAUTH_SUCCESS));
                    }
                },
                "while nothing was asked");
    }

    @Test
    void anotherServiceIsNotTaken() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        peer.send(message(SERVICE_ACCEPT).writeString("ssh-connection"));
                    }
                },
                "for which nobody has asked");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 90, 94, 50, 61, 30})
    void messagesOfOtherPhasesOrOfClientsEndTheLogin(int number) {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        peer.send(message(number).writeString("x").writeBoolean(false));
                    }
                },
                "makes no sense");
    }

    @Test
    void messagesOfAMethodBeforeOneIsTriedEndTheLogin() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void request(Peer peer, String method, SshReader reader) {
                        peer.send(message(METHOD_MESSAGE)
                                .writeString("ssh-ed25519")
                                .writeString("key"));
                    }
                },
                "message 60");
    }

    @Test
    void aKeyThatWasNotOfferedIsNotSignedFor() {
        SshLogin twoKeys = SshLogin.builder()
                .identity(ServerFixture.newKey())
                .identity(ServerFixture.newKey())
                .build();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(Peer peer, String method, SshReader reader) {
                if (method.equals("none")) {
                    refuse(peer, "publickey");
                } else {
                    peer.send(message(METHOD_MESSAGE).writeString("ssh-ed25519").writeString("another key"));
                }
            }
        })) {
            assertThat(failure(SftpProtocolException.class, server.client().user("alice", twoKeys)))
                    .hasMessageContaining("another key would do");
        }
    }

    @Test
    void aStepThatWasNotTakenIsNotBelieved() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void request(Peer peer, String method, SshReader reader) {
                        peer.send(message(USERAUTH_FAILURE)
                                .writeNameList(List.of("password"))
                                .writeBoolean(true));
                    }
                },
                "though none was tried");
    }

    @Test
    void stepsWithoutEndComeToAnEnd() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(Peer peer, String method, SshReader reader) {
                peer.send(message(USERAUTH_FAILURE)
                        .writeNameList(List.of("keyboard-interactive"))
                        .writeBoolean(!method.equals("none")));
            }
        })) {
            SshLogin login =
                    SshLogin.builder().interactive(challenge -> List.of()).build();
            assertThat(failure(
                            SftpAuthenticationException.class, server.client().user("alice", login)))
                    .hasMessageContaining("no more than 20 attempts");
        }
    }

    private static SshWriter questions(long count, List<String> texts) {
        SshWriter request = new SshWriter()
                .writeByte(60)
                .writeString("\u001b[2Jname")
                .writeString("line\n\u202einstruction")
                .writeString("")
                .writeUint32(count);
        texts.forEach(text -> request.writeString(text).writeBoolean(false));
        return request;
    }

    @ParameterizedTest
    @ValueSource(longs = {33, 0x7fffffffL, 0xffffffffL})
    void moreQuestionsThanAnybodyAsksEndTheLogin(long count) {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(Peer peer, String method, SshReader reader) {
                if (method.equals("none")) {
                    refuse(peer, "keyboard-interactive");
                } else {
                    peer.send(questions(count, List.of()));
                }
            }
        })) {
            assertThat(failure(SftpProtocolException.class, server.client()))
                    .hasMessageContaining(count + " questions");
        }
    }

    @Test
    void roundsOfQuestionsWithoutEndEndTheLoginAndTextsAreHarmless() {
        List<InteractiveLogin.Challenge> heard = new ArrayList<>();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(Peer peer, String method, SshReader reader) {
                if (method.equals("none")) {
                    refuse(peer, "keyboard-interactive");
                } else {
                    peer.send(questions(1, List.of("again\u0007")));
                }
            }

            @Override
            protected void answers(Peer peer, SshReader reader) {
                peer.send(questions(1, List.of("again\u0007")));
            }
        })) {
            SshLogin login = SshLogin.builder()
                    .interactive(challenge -> {
                        heard.add(challenge);
                        return List.of("x".toCharArray());
                    })
                    .build();
            assertThat(failure(SftpProtocolException.class, server.client().user("alice", login)))
                    .hasMessageContaining("more than 16 times");
        }
        assertThat(heard).hasSize(16);
        assertThat(heard.get(0))
                .isEqualTo(new InteractiveLogin.Challenge(
                        "?[2Jname", "line\n?instruction", List.of(new InteractiveLogin.Question("again?", false))));
    }

    @Test
    void bannersWithoutEndEndTheLogin() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        for (int i = 0; i < 5; i++) {
                            peer.send(message(USERAUTH_BANNER)
                                    .writeString("x".repeat(16 * 1024))
                                    .writeString(""));
                        }
                    }
                },
                "banners of more than");
    }

    @Test
    void bannersWithoutTextEndTheLoginToo() {
        isLeft(
                () -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        for (int i = 0; i < 33; i++) {
                            peer.send(message(USERAUTH_BANNER).writeString("").writeString(""));
                        }
                    }
                },
                "more than 32 banners");
    }

    @Test
    void aBannerForEachStepIsNotTooMuch() throws Exception {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        for (int i = 0; i < 32; i++) {
                            peer.send(message(USERAUTH_BANNER).writeString("").writeString(""));
                        }
                        super.service(peer);
                    }
                });
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void bannersAreHarmless() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        peer.send(message(USERAUTH_BANNER)
                                .writeString("\u001b]0;title\u0007two\r\nlines\u202e\n")
                                .writeString(""));
                        super.service(peer);
                    }
                });
                SftpClient client = server.client().banner(heard::add).build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.banner()).isEqualTo("?]0;title?two\nlines?\n");
        }
    }

    @Test
    void tooManyFailuresAreToldInPlainWords() {
        SshLogin keys = SshLogin.builder()
                .identity(ServerFixture.newKey())
                .identity(ServerFixture.newKey())
                .identity(ServerFixture.newKey())
                .build();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            private int requests;

            @Override
            protected void request(Peer peer, String method, SshReader reader) {
                if (++requests < 3) {
                    refuse(peer, "publickey");
                } else {
                    peer.send(message(1)
                            .writeUint32(2)
                            .writeString("Too many authentication failures\u001b[0m")
                            .writeString(""));
                }
            }
        })) {
            assertThat(failure(
                            SftpAuthenticationException.class, server.client().user("alice", keys)))
                    .hasMessageContaining("Too many authentication failures")
                    .hasMessageContaining("offer fewer keys")
                    .hasMessageNotContaining("\u001b");
        }
    }

    @Test
    void aServerThatIsNotTrustedHearsOfNoUserAndNoPassword() {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (NastyServer server = new NastyServer(() -> (peer, payload) -> heard.add(payload))) {
            failure(HostKeyException.class, server.client().hostKeys(HostKeys.of("")));
            // it hears why (RFC 4253, section 11.1): the host key is not verifiable
            await().until(() -> server.goodbyes().equals(List.of(9L)));
        }
        assertThat(heard).isEmpty();
    }

    // connections

    /** Says something when the client opens a channel. */
    private static Supplier<NastyServer.Script> insteadOfAChannel(SshWriter... messages) {
        return () -> new PoliteScript() {
            @Override
            protected void open(Peer peer, long channel) {
                for (SshWriter message : messages) {
                    peer.send(message);
                }
            }
        };
    }

    private static SshWriter confirmation(long window, long packet) {
        return new SshWriter()
                .writeByte(91)
                .writeUint32(0)
                .writeUint32(7)
                .writeUint32(window)
                .writeUint32(packet);
    }

    @Test
    void aChannelForPacketsOfNothingEndsTheSession() {
        isLeft(insteadOfAChannel(confirmation(1 << 20, 0)), "packets of 0 octets");
    }

    @Test
    void aWindowBeyondAllNumbersEndsTheSession() {
        isLeft(
                insteadOfAChannel(
                        confirmation(0xffffffffL, 1 << 15),
                        new SshWriter().writeByte(93).writeUint32(0).writeUint32(1)),
                "makes no sense");
    }

    @Test
    void aConfirmationOfAChannelThatNobodyOpensEndsTheSession() {
        isLeft(insteadOfAChannel(confirmation(1, 1 << 15), confirmation(1, 1 << 15)), "makes no sense");
    }

    @Test
    void aReplyToAGlobalRequestThatNobodyMadeEndsTheSession() {
        isLeft(insteadOfAChannel(new SshWriter().writeByte(81)), "nobody made");
    }

    @Test
    void moreDataThanAPacketMayHaveEndsTheSession() {
        SshWriter errors =
                new SshWriter().writeByte(95).writeUint32(0).writeUint32(1).writeString(new byte[65_537]);
        isLeft(insteadOfAChannel(confirmation(1 << 20, 1 << 15), errors), "octets of data in a packet");
    }

    @Test
    void channelsOfTheServersAreRefused() throws Exception {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void request(Peer peer, String method, SshReader reader) throws Exception {
                        super.request(peer, method, reader);
                        if (!method.equals("none")) {
                            for (String type : List.of("session", "x11", "auth-agent@openssh.com", "forwarded-tcpip")) {
                                peer.send(message(CHANNEL_OPEN)
                                        .writeString(type)
                                        .writeUint32(1)
                                        .writeUint32(1 << 20)
                                        .writeUint32(1 << 15));
                            }
                        }
                    }

                    @Override
                    protected void other(Peer peer, byte[] payload) {
                        heard.add(payload);
                    }
                });
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            Awaitility.await().until(() -> heard.size() == 4);
            assertThat(heard).allMatch(payload -> payload[0] == 92);
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void keysOfAHostThatItDoesNotProveToHaveAreNotLearnt() throws Exception {
        // its announcement is refused as long as nobody wants to learn
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void request(Peer peer, String method, SshReader reader) throws Exception {
                        super.request(peer, method, reader);
                        if (!method.equals("none")) {
                            peer.send(message(GLOBAL_REQUEST)
                                    .writeString("hostkeys-00@openssh.com")
                                    .writeBoolean(false)
                                    .writeString("no key"));
                        }
                    }
                });
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.isOpen()).isTrue();
        }
    }
}
