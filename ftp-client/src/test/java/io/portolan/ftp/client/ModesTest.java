package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.Patience;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

/** Other ways to move the same octets. */
class ModesTest extends ClientTest {

    private static final byte[] CONTENT = new byte[1_000_000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i / 1000);
        }
    }

    @Override
    ServerFixture startServer() throws IOException {
        return ServerFixture.inMemory(settings -> settings.allowCompression(true));
    }

    private static void bothWays(BlockingFtpSession session) throws IOException {
        session.upload(TransferSource.fromBuffer(ByteBuffer.wrap(CONTENT)), "/file", UploadOptions.defaults());
        session.upload(TransferSource.fromBytes(new byte[0]), "/empty", UploadOptions.defaults());
        ByteSink sink = TransferSink.toBytes(CONTENT.length);
        session.download("/file", sink, DownloadOptions.defaults());
        assertThat(sink.bytes()).isEqualTo(CONTENT);
        ByteSink nothing = TransferSink.toBytes(0);
        session.download("/empty", nothing, DownloadOptions.defaults());
        assertThat(nothing.bytes()).isEmpty();
        assertThat(session.list("/")).extracting(RemoteEntry::name).containsExactlyInAnyOrder("file", "empty");
    }

    @Test
    void compressed() throws Exception {
        try (FtpClient other = another(builder -> builder.compression(true));
                BlockingFtpSession session = other.connectBlocking()) {
            bothWays(session);
        }
    }

    @Test
    void oneCommandAtATime() throws Exception {
        try (FtpClient other = another(builder -> builder.pipelining(false));
                BlockingFtpSession session = other.connectBlocking()) {
            bothWays(session);
        }
    }

    @Test
    void overTheOtherInternetProtocolBothWays() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (ServerFixture six = ServerFixture.inMemory(settings -> settings.bind(loopback))) {
            for (DataMode mode : DataMode.values()) {
                try (FtpClient other = builder(six).host("::1").dataMode(mode).build();
                        BlockingFtpSession session = other.connectBlocking()) {
                    bothWays(session);
                }
            }
        }
    }

    @Test
    void textHasTheLineEndsOfEachSide() throws Exception {
        try (BlockingFtpSession session = client.connectBlocking()) {
            session.upload(
                    TransferSource.fromBytes("one\ntwo\n".getBytes(StandardCharsets.US_ASCII)),
                    "/text",
                    UploadOptions.builder().type(TransferType.ASCII).build());
            ByteSink text = TransferSink.toBytes(100);
            session.download(
                    "/text",
                    text,
                    DownloadOptions.builder().type(TransferType.ASCII).build());
            assertThat(text.bytes()).asString().isEqualTo("one\ntwo\n");
            session.delete("/text");
            bothWays(session);
        }
    }

    @Test
    void aServerThatKnowsOnlyPasvIsAskedForNothingElseAgain() throws Exception {
        try (NastyServer nasty = NastyServer.start()) {
            nasty.reply("EPSV", "500 What?").file("/file", CONTENT);
            try (FtpClient other = another(builder -> builder.port(nasty.port()).user("any", "body"));
                    BlockingFtpSession session = other.connectBlocking()) {
                for (int i = 0; i < 3; i++) {
                    ByteSink sink = TransferSink.toBytes(CONTENT.length);
                    session.download("/file", sink, DownloadOptions.defaults());
                    assertThat(sink.bytes()).isEqualTo(CONTENT);
                }
            }
            assertThat(Collections.frequency(nasty.verbs(), "EPSV")).isEqualTo(1);
            assertThat(Collections.frequency(nasty.verbs(), "PASV")).isEqualTo(3);
        }
    }

    @Test
    void streamsPublishersAndSubscribers() throws Exception {
        FtpSession session = get(client.connect());
        get(session.upload(TransferSource.fromInputStream(new ByteArrayInputStream(CONTENT)), "/stream")
                .completion());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        get(session.download("/stream", TransferSink.toOutputStream(out)).completion());
        assertThat(out.toByteArray()).isEqualTo(CONTENT);

        Upload upload;
        try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
            upload = session.upload(TransferSource.fromPublisher(publisher), "/published");
            await().atMost(Patience.LONG_ENOUGH).until(publisher::hasSubscribers);
            for (int at = 0; at < CONTENT.length; at += 1000) {
                publisher.submit(ByteBuffer.wrap(CONTENT, at, 1000).slice());
            }
        }
        get(upload.completion());
        assertThat(server.read("/published")).isEqualTo(CONTENT);

        CompletableFuture<Integer> received = new CompletableFuture<>();
        get(session.download("/published", TransferSink.toSubscriber(new Counting(received)))
                .completion());
        assertThat(get(received)).isEqualTo(CONTENT.length);
    }

    private static final class Counting implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<Integer> received;
        private final List<Integer> sizes = new ArrayList<>();
        private Flow.Subscription subscription;

        Counting(CompletableFuture<Integer> received) {
            this.received = received;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer octets) {
            sizes.add(octets.remaining());
            subscription.request(1);
        }

        @Override
        public void onError(Throwable cause) {
            received.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            received.complete(sizes.stream().mapToInt(size -> size).sum());
        }
    }
}
