package io.portolan.ftp.client;

import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server of our own, and one client. */
abstract class ClientTest {

    ServerFixture server;
    FtpClient client;

    /** What the server is over, and how it is set. */
    ServerFixture startServer() throws IOException {
        return ServerFixture.inMemory();
    }

    /** How the client is set. */
    FtpClient.Builder settings(FtpClient.Builder builder) {
        return builder;
    }

    @BeforeEach
    final void start() throws IOException {
        server = startServer();
        client = settings(builder(server)).build();
    }

    static FtpClient.Builder builder(ServerFixture server) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.address().getPort())
                .user(ServerFixture.USER, ServerFixture.PASSWORD)
                .timeouts(patient(FtpTimeouts.DEFAULT))
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(8)
                        .build());
    }

    private static FtpTimeouts patient(FtpTimeouts timeouts) {
        Duration patience = Duration.ofSeconds(20);
        return timeouts.withReply(patience).withStall(patience).withFinalReply(patience);
    }

    final FtpClient another(UnaryOperator<FtpClient.Builder> settings) {
        return settings.apply(builder(server)).build();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within " + Patience.MILLIS + " ms", e);
        }
    }

    @AfterEach
    final void stop() throws IOException {
        client.close();
        server.close();
    }
}
