package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens SFTP over a connection of SSH. */
public final class SessionOpening {

    private SessionOpening() {}

    /** What is told of the channel of a session, on the event loop. */
    public interface Watch {

        /** The server has opened it, and not run anything in it yet. */
        void opened();

        /** The server has room for another one: it was not opened, or is gone. Called once. */
        void gone();
    }

    /**
     * Opens it beside others: it ends with the connection, which goes on without it. On the connection's event loop.
     *
     * @param workers where sources are read and sinks are written
     * @param patience how long the server may take to open the channel
     * @return the session, as soon as the server has told its version
     */
    public static CompletableFuture<ClientSession> beside(
            SshClientConnection connection,
            SessionSettings settings,
            Executor workers,
            Duration patience,
            Watch watch) {
        AtomicReference<@Nullable SftpConnection> made = new AtomicReference<>();
        return connection
                .openSubsystemBeside("sftp", patience, channel -> {
                    SftpConnection sftp = new SftpConnection(
                            channel, connection.allocator(), settings.protocol(), connection.identification());
                    made.set(sftp);
                    watch.opened();
                    var ignored = sftp.gone().thenRun(watch::gone);
                    return sftp;
                })
                .whenComplete((channel, failure) -> {
                    if (made.get() == null) {
                        watch.gone();
                    }
                })
                .thenCompose(open -> {
                    SftpConnection sftp = Objects.requireNonNull(made.get());
                    Consumer<SftpException> end = sftp::end;
                    connection.whenClosed(end);
                    sftp.ended().thenRun(() -> connection.forget(end));
                    sftp.start();
                    return sftp.ready()
                            .thenApply(
                                    facts -> new ClientSession(sftp, workers, settings.memory(), settings.rateLimit()));
                });
    }

    /**
     * Opens it over a connection that is there for it alone: each ends with the other. On the connection's event loop.
     *
     * @param workers where sources are read and sinks are written
     * @return the session, as soon as the server has told its version; if it fails, the connection is closed
     */
    public static CompletableFuture<ClientSession> over(
            SshClientConnection connection, SessionSettings settings, Executor workers) {
        AtomicReference<@Nullable SftpConnection> made = new AtomicReference<>();
        return connection
                .openSubsystem("sftp", channel -> {
                    SftpConnection sftp = new SftpConnection(
                            channel, connection.allocator(), settings.protocol(), connection.identification());
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
