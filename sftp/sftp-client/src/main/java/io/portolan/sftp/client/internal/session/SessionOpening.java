package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens SFTP over a connection of SSH that is there for it alone: each ends with the other. */
public final class SessionOpening {

    private SessionOpening() {}

    /**
     * Opens it. On the connection's event loop.
     *
     * @param workers where sources are read and sinks are written
     * @return the session, as soon as the server has told its version; if it fails, the connection is closed
     */
    public static CompletableFuture<ClientSession> over(
            SshClientConnection connection, SessionSettings settings, Executor workers) {
        AtomicReference<@Nullable SftpConnection> made = new AtomicReference<>();
        return connection
                .openSubsystem("sftp", channel -> {
                    SftpConnection sftp = new SftpConnection(channel, connection.allocator(), settings.protocol());
                    made.set(sftp);
                    return sftp;
                })
                .thenCompose(open -> {
                    SftpConnection sftp = made.get();
                    if (sftp == null) {
                        throw new IllegalStateException("a channel was opened without what runs in it");
                    }
                    // whichever ends first tells why
                    connection.closed().thenAccept(sftp::end);
                    sftp.ended().thenAccept(why -> connection.close(String.valueOf(why.getMessage())));
                    sftp.start();
                    return sftp.ready()
                            .thenApply(
                                    facts -> new ClientSession(sftp, workers, settings.memory(), settings.rateLimit()));
                })
                .whenComplete((session, failure) -> {
                    if (failure != null) {
                        connection.close(String.valueOf(Futures.unwrap(failure).getMessage()));
                    }
                });
    }
}
