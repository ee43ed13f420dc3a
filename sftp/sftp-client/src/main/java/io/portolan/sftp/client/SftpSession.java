package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.Delivery;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A connection to an SFTP server that is verified and has let us in. Safe to use from any thread. */
public final class SftpSession implements AutoCloseable {

    private final SshClientConnection connection;
    private final Executor workers;
    private final String identification;
    private final String banner;

    /** On the connection's event loop. */
    SftpSession(SshClientConnection connection, Executor workers) {
        this.connection = connection;
        this.workers = workers;
        this.identification = connection.identification();
        this.banner = connection.banner();
    }

    SshClientConnection connection() {
        return connection;
    }

    /**
     * What the server calls itself.
     *
     * @return its identification, such as {@code SSH-2.0-OpenSSH_10.0}
     */
    public String serverIdentification() {
        return identification;
    }

    /**
     * What the server has said before it let us in.
     *
     * @return the text, with characters replaced that terminals act upon; maybe empty
     */
    public String banner() {
        return banner;
    }

    /**
     * Whether the session can still be used.
     *
     * @return false once it has ended, for whatever reason
     */
    public boolean isOpen() {
        return !connection.closed().isDone();
    }

    /**
     * Hears of the end.
     *
     * @return completes with what has ended the session; never fails
     */
    public CompletableFuture<SftpException> closed() {
        return Delivery.to(workers, connection.closed(), () -> {});
    }

    /** Says goodbye and ends the session; what it does fails. Does not wait. */
    @Override
    public void close() {
        connection.close("the session was closed");
    }
}
