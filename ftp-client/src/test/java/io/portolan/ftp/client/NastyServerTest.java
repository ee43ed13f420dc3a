package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.portolan.fs.ReadableFile;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.UnusedSecurity;
import io.portolan.testing.Payload;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import io.portolan.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of servers that do what they must not: each has its exception, in bounded time and memory, and nothing that is broken looks whole. */
class NastyServerTest {

    private static final int SIZE = 300_000;
    private static final byte[] BYTES = Payload.bytes(SIZE);

    /** For what is not to come to it, on a busy machine either. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For what is to come to it. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final FtpTimeouts TIMEOUTS = new FtpTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE, SOON);

    private NastyServer server;

    @BeforeEach
    void start() {
        server = NastyServer.start().file("/file", BYTES);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What is done in a session. */
    @FunctionalInterface
    private interface Visit {
        void in(BlockingFtpSession session) throws IOException;
    }

    private FtpClient client(UnaryOperator<FtpTimeouts> timeouts) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("alice", "secret")
                .timeouts(timeouts.apply(TIMEOUTS))
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(2)
                        .build())
                .build();
    }

    private Throwable failure(UnaryOperator<FtpTimeouts> timeouts, Visit visit) {
        return catchThrowable(() -> {
            try (FtpClient client = client(timeouts);
                    BlockingFtpSession session = client.connectBlocking()) {
                visit.in(session);
            }
        });
    }

    private Throwable failure(Visit visit) {
        return failure(timeouts -> timeouts, visit);
    }

    private Throwable failureSoon(Visit visit) {
        return failure(timeouts -> timeouts.withReply(SOON).withStall(SOON).withFinalReply(SOON), visit);
    }

    private static void nothing(BlockingFtpSession session) {}

    private static void download(BlockingFtpSession session) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        session.download("/file", TransferSink.toOutputStream(got), DownloadOptions.defaults());
        assertThat(got.toByteArray()).isEqualTo(BYTES);
    }

    private static void upload(BlockingFtpSession session) throws IOException {
        session.upload(TransferSource.fromBytes(BYTES), "/new", UploadOptions.defaults());
    }

    private static void isRefused(Throwable failure, int code) {
        assertThat(failure).isInstanceOf(FtpReplyException.class);
        assertThat(((FtpReplyException) failure).reply().code()).isEqualTo(code);
    }

    // --- greetings

    @Test
    void aServerThatDoesNotGreetIsNotWaitedForForever() {
        server.greet(session -> {});
        assertThat(failureSoon(NastyServerTest::nothing)).isInstanceOf(FtpTimeoutException.class);
    }

    @Test
    void aServerThatGreetsLateIsWaitedFor() {
        server.greet(session -> session.after(SOON, () -> session.reply("220 At last.")));
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void aGreetingOfManyLinesIsOne() {
        server.greet(session -> session.reply("220-Welcome", "230 is not it", " 220 neither", "220 It is."));
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void aServerThatSaysHelloTwiceIsNotTakenForOneThatAnswers() {
        server.greet(session -> session.raw("220 One.\r\n220 Two.\r\n"));
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {421, 530})
    void aServerThatWantsNoGuestsSaysWhy(int code) {
        server.greet(session -> session.reply(code + " Full."));
        isRefused(failure(NastyServerTest::nothing), code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002\n",
                "099 No.\r\n",
                "22 0\r\n"
            })
    void aServerOfSomethingElseIsNone(String greeting) {
        server.greet(session -> session.raw(greeting));
        assertThat(failure(NastyServerTest::nothing)).isInstanceOf(FtpProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endless ", "220-And another line.\r\n"})
    void aGreetingWithoutEndIsCutShort(String piece) {
        server.greet(session -> session.endlessly(piece.repeat(100)));
        assertThat(failure(NastyServerTest::nothing)).isInstanceOf(FtpProtocolException.class);
    }

    @Test
    void aServerThatHangsUpIsNoneToTalkTo() {
        server.greet(session -> session.close());
        assertThat(failure(NastyServerTest::nothing)).isInstanceOf(FtpConnectionException.class);
        server.greet(session -> session.reset());
        assertThat(failure(NastyServerTest::nothing)).isInstanceOf(FtpConnectionException.class);
    }

    // --- any moment

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "FEAT", "TYPE", "EPSV", "SIZE", "RETR"})
    void aServerThatLeavesSaysSo(String verb) {
        server.on(verb, (session, argument) -> {
            session.reply("421 Closing time.");
            session.close();
        });
        isRefused(failure(NastyServerTest::download), 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "FEAT", "TYPE", "EPSV", "SIZE", "RETR"})
    void aServerThatIsSilentIsNotWaitedForForever(String verb) {
        server.on(verb, (session, argument) -> {});
        assertThat(failureSoon(NastyServerTest::download)).isInstanceOf(FtpTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "FEAT", "TYPE", "EPSV", "SIZE", "RETR"})
    void aServerThatHangsUpHasBrokenTheConnection(String verb) {
        server.on(verb, (session, argument) -> session.close());
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpConnectionException.class);
        server.on(verb, (session, argument) -> session.reset());
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpConnectionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "FEAT", "TYPE", "EPSV", "SIZE", "RETR"})
    void aServerThatSaysWhatIsNoReplyIsNone(String verb) {
        server.on(verb, (session, argument) -> session.reply("What?"));
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "FEAT", "TYPE", "EPSV", "SIZE", "RETR"})
    void aReplyWithoutEndIsCutShort(String verb) {
        server.on(verb, (session, argument) -> session.endlessly("200-And another line.\r\n".repeat(100)));
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "RETR"})
    void aRefusalIsToldWithItsReply(String verb) {
        server.reply(verb, "530-No.", "530 Not you.");
        isRefused(failure(NastyServerTest::download), 530);
        server.reply(verb, "451 Not now.");
        isRefused(failure(NastyServerTest::download), 451);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FEAT", "SIZE", "EPSV"})
    void whatAServerDoesNotKnowIsDoneWithout(String verb) {
        server.reply(verb, "500 What is that?");
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void aReplyToNothingEndsTheSession() {
        server.on("NOOP", (session, argument) -> session.raw("200 Done.\r\n200 And once more.\r\n"));
        assertThat(failure(session -> {
                    session.command("NOOP", "");
                    download(session);
                }))
                .isInstanceOf(FtpProtocolException.class);
    }

    @Test
    void preliminaryRepliesAreCounted() {
        server.on("RETR", (session, argument) -> session.endlessly("150 Soon.\r\n".repeat(100)));
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpProtocolException.class);
    }

    @Test
    void whoeverMayThinkForLongGrantsNothingToTheNext() {
        server.features("HASH MD5")
                .on(
                        "HASH",
                        (session, argument) -> session.after(
                                SOON.multipliedBy(2), () -> session.reply("213 MD5 0-0 " + "0".repeat(32) + " /file")))
                .on("NOOP", (session, argument) -> {});
        assertThat(failure(timeouts -> timeouts.withReply(SOON), session -> {
                    assertThat(session.checksum("/file", ChecksumAlgorithm.MD5).value())
                            .hasSize(32);
                    long begun = System.nanoTime();
                    assertThat(catchThrowable(() -> session.command("NOOP", "")))
                            .isInstanceOf(FtpTimeoutException.class);
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.dividedBy(2));
                }))
                .isNull();
    }

    // --- before there is protection

    private Throwable protectedFailure() {
        return catchThrowable(() -> {
            try (FtpClient client = client(timeouts -> timeouts).toBuilder()
                            .scheme(FtpScheme.EXPLICIT_TLS)
                            .securityMechanism(new UnusedSecurity())
                            .build();
                    BlockingFtpSession session = client.connectBlocking()) {
                nothing(session);
            }
        });
    }

    @Test
    void whatStandsBehindTheReplyToAuthIsNotBelieved() {
        server.on("AUTH", (session, argument) -> session.raw("234 Go ahead.\r\n230 You need no password.\r\n"));
        assertThat(protectedFailure()).isInstanceOf(FtpSecurityException.class);
        assertThat(server.verbs()).containsExactly("AUTH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 What is that?", "534 Not here.", "431 Not now.", "220 Fine, go on."})
    void nothingGoesOnInTheClearWhereItMustNot(String reply) {
        server.reply("AUTH", reply);
        assertThat(protectedFailure()).isInstanceOf(FtpSecurityException.class);
        assertThat(server.verbs()).containsOnly("AUTH");
    }

    // --- where the data connection is

    @Test
    void anAddressIsNotBelieved() {
        server.reply("EPSV", "500 What is that?").on("PASV", (session, argument) -> {
            int port = session.passive();
            session.reply("227 There (10,1,2,3," + (port >> 8) + "," + (port & 0xff) + ").");
        });
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"229 Somewhere.", "229 Here (|||0|).", "229 Here (|||70000|).", "229 Here (|||port|)."})
    void aPortThatIsNoneIsNotTried(String reply) {
        server.reply("EPSV", reply);
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpProtocolException.class);
    }

    @Test
    void aPortThatIsClosedIsNamed() {
        server.on("EPSV", (session, argument) -> session.reply("229 Here (|||" + session.closedPort() + "|)."));
        server.reply("PASV", "502 Not here.");
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpConnectionException.class);
        server.on("EPSV", (session, argument) -> session.reply("229 Here (|||" + session.passive() + "|)."));
        server.on("PASV", (session, argument) -> {
            throw new IllegalStateException("EPSV has its port");
        });
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void whereThePortsOfEpsvAreShutThoseOfPasvAreUsedFromThenOn() {
        server.on("EPSV", (session, argument) -> session.reply("229 Here (|||" + session.closedPort() + "|)."));
        assertThat(failure(session -> {
                    download(session);
                    download(session);
                    upload(session);
                }))
                .isNull();
        assertThat(server.verbs().stream().filter(verb -> verb.equals("EPSV"))).hasSize(1);
        assertThat(server.verbs().stream().filter(verb -> verb.equals("PASV"))).hasSize(3);
    }

    @Test
    void whereBothPortsAreShutTheConnectionIsNamed() {
        server.on("EPSV", (session, argument) -> session.reply("229 Here (|||" + session.closedPort() + "|)."));
        server.on("PASV", (session, argument) -> {
            int port = session.closedPort();
            session.reply("227 There (127,0,0,1," + (port >> 8) + "," + (port & 0xff) + ").");
        });
        server.reply("RETR", "150 Come.").reply("ABOR", "426 Nobody came.", "226 Done.");
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpConnectionException.class);
    }

    // --- downloads

    @Test
    void theLastReplyMayComeBeforeTheData() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.", "226 Done.");
            session.withData(data -> session.after(SOON, () -> data.send(BYTES).end()));
        });
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void theDataMayComeBeforeTheFirstReply() {
        server.on(
                "RETR",
                (session, argument) -> session.withData(data -> data.send(BYTES)
                        .end()
                        .then(() -> session.after(SOON, () -> session.reply("150 Now.", "226 Done.")))));
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void aDownloadMayDoWithoutItsFirstReply() {
        server.on(
                "RETR",
                (session, argument) ->
                        session.withData(data -> data.send(BYTES).end().then(() -> session.reply("226 Done."))));
        assertThat(failure(NastyServerTest::download)).isNull();
    }

    @Test
    void nothingIsNotAFile() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(data -> data.end().then(() -> session.reply("226 Done.")));
        });
        assertThat(failure(NastyServerTest::download)).isInstanceOf(TruncatedTransferException.class);
    }

    @Test
    void doneWithoutDataIsNotWaitedForForever() {
        server.on("RETR", (session, argument) -> session.reply("226 Done."));
        assertThat(failureSoon(NastyServerTest::download)).isInstanceOf(FtpTimeoutException.class);
    }

    @Test
    void aPieceIsNotAFile() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(
                    data -> data.send(Arrays.copyOf(BYTES, SIZE / 2)).end().then(() -> session.reply("226 Done.")));
        });
        assertThat(failure(NastyServerTest::download)).isInstanceOf(TruncatedTransferException.class);
    }

    @Test
    void aResetIsNoEnd() {
        server.features("EPSV").on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(
                    data -> data.send(Arrays.copyOf(BYTES, SIZE / 2)).reset().then(() -> session.reply("226 Done.")));
        });
        assertThat(failure(NastyServerTest::download)).isInstanceOf(TruncatedTransferException.class);
    }

    @Test
    void whyADownloadHasFailedIsForTheServerToSay() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(data -> data.send(Arrays.copyOf(BYTES, SIZE / 2))
                    .reset()
                    .then(() -> session.reply("451 The disk is broken.")));
        });
        isRefused(failure(NastyServerTest::download), 451);
    }

    @Test
    void aDownloadThatStopsIsGivenUp() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(data -> data.send(Arrays.copyOf(BYTES, SIZE / 2)));
        });
        assertThat(failure(timeouts -> timeouts.withStall(SOON), NastyServerTest::download))
                .isInstanceOf(FtpTimeoutException.class);
        assertThat(server.verbs()).contains("ABOR");
    }

    @Test
    void aDownloadWithoutItsLastReplyIsNotDone() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(data -> data.send(BYTES).end());
        });
        assertThat(failure(timeouts -> timeouts.withFinalReply(SOON), NastyServerTest::download))
                .isInstanceOf(FtpTimeoutException.class);
    }

    @Test
    void aDownloadWhoseControlConnectionIsGoneIsNotDone() {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Now.");
            session.withData(data -> data.send(BYTES).end().then(session::reset));
        });
        assertThat(failure(NastyServerTest::download)).isInstanceOf(FtpConnectionException.class);
    }

    // --- uploads

    @Test
    void anUploadThatTheServerEndsIsNotWhole() {
        server.on("STOR", (session, argument) -> {
            session.reply("150 Go ahead.");
            session.withData(data -> {
                data.stopReading();
                session.after(SOON, () -> {
                    data.reset();
                    session.reply("226 Done.");
                });
            });
        });
        byte[] large = Payload.bytes(64 << 20);
        assertThat(failure(
                        session -> session.upload(TransferSource.fromBytes(large), "/new", UploadOptions.defaults())))
                .isInstanceOfAny(TruncatedTransferException.class, FtpConnectionException.class);
    }

    @Test
    void whyAnUploadHasFailedIsForTheServerToSay() {
        server.on("STOR", (session, argument) -> {
            session.reply("150 Go ahead.");
            session.withData(data -> data.stopReading().then(() -> {
                session.reply("552 The disk is full.");
                data.reset();
            }));
        });
        byte[] large = Payload.bytes(64 << 20);
        isRefused(
                failure(session -> session.upload(TransferSource.fromBytes(large), "/new", UploadOptions.defaults())),
                552);
    }

    @Test
    void anUploadDoesNotBeginWhenTheServerIsGone() {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        AtomicInteger opened = new AtomicInteger();
        server.on("EPSV", (session, argument) -> {
            session.reply("229 Here (|||" + session.passive() + "|).");
            session.close();
        });
        TransferSource source = new TransferSource() {
            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }

            @Override
            public ReadableFile open(long offset) throws IOException {
                opened.incrementAndGet();
                gone.join();
                return TransferSource.fromBytes(BYTES).open(offset);
            }
        };
        assertThat(failure(session -> {
                    session.async().closed().thenAccept(cause -> gone.complete(true));
                    session.upload(source, "/new", UploadOptions.defaults());
                }))
                .isInstanceOf(FtpConnectionException.class);
        assertThat(opened).hasValue(1);
        assertThat(server.verbs()).doesNotContain("STOR");
    }

    @Test
    void anUploadThatIsNotTakenIsGivenUp() {
        server.on("STOR", (session, argument) -> {
            session.reply("150 Go ahead.");
            session.withData(data -> data.stopReading());
        });
        byte[] large = Payload.bytes(64 << 20);
        assertThat(failure(
                        timeouts -> timeouts.withStall(SOON),
                        session -> session.upload(TransferSource.fromBytes(large), "/new", UploadOptions.defaults())))
                .isInstanceOf(FtpTimeoutException.class);
    }

    @Test
    void anUploadWithoutItsLastReplyIsNotDone() {
        server.on("STOR", (session, argument) -> {
            session.reply("150 Go ahead.");
            session.withData(data -> data.whenEnded(content -> data.end()));
        });
        assertThat(failure(timeouts -> timeouts.withFinalReply(SOON), NastyServerTest::upload))
                .isInstanceOf(FtpTimeoutException.class);
    }

    @Test
    void anUploadThatIsRefusedInTheMiddleLeavesTheSessionAsItWas() {
        server.on("STOR", (session, argument) -> {
            session.reply("553 Not that name.");
            session.forgetData();
        });
        assertThat(failure(session -> {
                    isRefused(catchThrowable(() -> upload(session)), 553);
                    download(session);
                }))
                .isNull();
    }

    @Test
    void aServerThatIsRightIsServedRight() {
        assertThat(failure(session -> {
                    upload(session);
                    download(session);
                }))
                .isNull();
        assertThat(server.read("/new")).isEqualTo(BYTES);
    }
}
