package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.TruncatedTransferException;
import io.portolan.ftp.client.testing.NastyData;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.testing.Payload;
import io.portolan.transfer.TransferSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Downloads over TLS that somebody on the way has cut, or a server that does not end TLS: whatever the server's reply says, nothing of them is there. */
class TruncatedDownloadTest {

    private static final byte[] BYTES = Payload.bytes(300_000);
    private static final byte[] HALF = Arrays.copyOf(BYTES, BYTES.length / 2);

    private static TestAuthority authority;
    private static SslContext tls;

    @TempDir
    Path folder;

    private NastyServer server;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("The authority");
        TestAuthority.Issued issued = authority.issue("The server", "127.0.0.1");
        tls = SslContextBuilder.forServer(issued.key(), issued.certificate())
                .sslProvider(SslProvider.JDK)
                .build();
    }

    @BeforeEach
    void start() {
        server = NastyServer.start().file("/file", BYTES);
        server.on("AUTH", (session, argument) -> {
            // its first message goes in the clear
            SslHandler handler =
                    new SslHandler(tls.newEngine(session.pipeline().channel().alloc()), true);
            session.pipeline().addFirst(handler);
            session.protectData(
                    data -> data.addFirst(tls.newHandler(data.channel().alloc())));
            session.reply("234 Go ahead.");
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void sends(Consumer<NastyData> what) {
        server.on("RETR", (session, argument) -> {
            session.reply("150 Here it comes.");
            session.withData(data -> {
                what.accept(data);
                data.then(() -> session.reply("226 That was it."));
            });
        });
    }

    private @Nullable Throwable download(TlsEngine engine) {
        return catchThrowable(() -> {
            try (FtpClient client = FtpClient.builder()
                            .host("127.0.0.1")
                            .port(server.port())
                            .scheme(FtpScheme.EXPLICIT_TLS)
                            .securityMechanism(ClientTls.builder()
                                    .engine(engine)
                                    .trust(ServerTrust.authorities(List.of(authority.certificate())))
                                    .build())
                            .build();
                    BlockingFtpSession session = client.connectBlocking()) {
                session.download("/file", TransferSink.toPath(folder.resolve("file")), DownloadOptions.defaults());
            }
        });
    }

    private void fails(TlsEngine engine) {
        assertThat(download(engine))
                .isInstanceOfAny(
                        TruncatedTransferException.class, FtpSecurityException.class, FtpConnectionException.class)
                .isInstanceOfSatisfying(
                        FtpException.class, e -> assertThat(e.getMessage()).contains("/file"));
        assertThat(folder).isEmptyDirectory();
    }

    @EveryEngine
    void aDownloadThatEndsInOrderIsWhole(TlsEngine engine) throws Exception {
        sends(data -> data.send(BYTES).end());
        assertThat(download(engine)).isNull();
        assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(BYTES);
    }

    @EveryEngine
    void aRefusalIsToldThoughTheDataConnectionEndsBeforeItIsProtected(TlsEngine engine) {
        endsUnprotectedAndReplies("550 It is not there.");
        assertThat(download(engine)).isInstanceOf(FtpReplyException.class).hasMessageContaining("550");
        assertThat(folder).isEmptyDirectory();
    }

    @EveryEngine
    void aDataConnectionThatCannotBeProtectedIsToldWhateverTheServerSaysOfIt(TlsEngine engine) {
        endsUnprotectedAndReplies("425 There is no data connection.");
        assertThat(download(engine)).isInstanceOf(FtpException.class).hasMessageContaining("/file");
        assertThat(folder).isEmptyDirectory();
    }

    private void endsUnprotectedAndReplies(String reply) {
        server.on(
                "RETR",
                (session, argument) -> session.withData(data -> {
                    Channel channel = data.pipeline().channel();
                    channel.closeFuture().addListener(closed -> session.reply(reply));
                    channel.unsafe().close(channel.voidPromise());
                }));
    }

    @EveryEngine
    void aDownloadThatIsCutInTheMiddleIsNotWhole(TlsEngine engine) {
        sends(data -> data.send(HALF).cut());
        fails(engine);
    }

    @EveryEngine
    void aDownloadThatIsCutInTheMiddleIsNotWholeWhereNobodyKnowsItsSize(TlsEngine engine) {
        server.features("EPSV");
        sends(data -> data.send(HALF).cut());
        fails(engine);
    }

    @EveryEngine
    void aDownloadThatEndsTooEarlyInOrderIsNotWhole(TlsEngine engine) {
        sends(data -> data.send(HALF).end());
        fails(engine);
    }

    @EveryEngine
    void aDownloadWithoutTheEndOfTlsIsNotWholeWhereNobodyKnowsItsSize(TlsEngine engine) {
        server.features("EPSV");
        sends(data -> data.send(BYTES).cut());
        fails(engine);
    }

    @EveryEngine
    void aDownloadWithoutTheEndOfTlsIsNotWholeThoughItsSizeIsRight(TlsEngine engine) {
        sends(data -> data.send(BYTES).cut());
        fails(engine);
    }

    @EveryEngine
    void aDownloadThatIsResetIsNotWhole(TlsEngine engine) {
        server.features("EPSV");
        sends(data -> data.send(BYTES).reset());
        fails(engine);
    }
}
