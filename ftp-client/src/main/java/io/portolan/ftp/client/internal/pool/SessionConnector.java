package io.portolan.ftp.client.internal.pool;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.pool.PoolConnector;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.internal.command.Files;
import io.portolan.ftp.client.internal.session.ClientContext;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.FileTransferException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a pool can do with sessions. */
public final class SessionConnector implements PoolConnector<PooledSession> {

    /** 530 is also the reply to a wrong password. What vsftpd, ProFTPD, Pure-FTPd, FileZilla Server, IIS and wu-ftpd say to one client too many has one of these. */
    private static final Pattern TOO_MANY =
            Pattern.compile("too many|maximum|limit|exceed|already logged in|connections from|users? (are )?logged");

    /** Who has tried too often is not one too many. */
    private static final String ATTEMPT = "attempt";

    private final ClientContext context;

    /** Of the sessions of one client. */
    public SessionConnector(ClientContext context) {
        this.context = context;
    }

    @Override
    public CompletableFuture<PooledSession> connect() {
        return context.connect()
                .thenCompose(session -> session.submit(() -> Files.workingDirectory(session))
                        .handle((home, failure) -> pooled(session, home, failure)));
    }

    /** Some servers tell no directory, which is no reason not to use them. */
    private static PooledSession pooled(ClientSession session, @Nullable String home, @Nullable Throwable failure) {
        if (failure != null && !session.control().isOpen()) {
            throw new CompletionException(Futures.unwrap(failure));
        }
        return new PooledSession(session, Optional.ofNullable(home));
    }

    @Override
    public CompletableFuture<?> closed(PooledSession connection) {
        return connection.session().connectionClosed();
    }

    @Override
    public CompletableFuture<?> check(PooledSession connection) {
        ClientSession session = connection.session();
        return session.submit(() -> session.command("NOOP", ""));
    }

    @Override
    public CompletableFuture<PooledSession> renew(PooledSession connection) {
        CompletableFuture<PooledSession> result = new CompletableFuture<>();
        try {
            connection
                    .session()
                    .loop()
                    .execute(() -> connection.session().renew(connection.home()).whenComplete((session, failure) -> {
                        if (failure != null) {
                            result.completeExceptionally(failure);
                        } else {
                            result.complete(new PooledSession(session, connection.home()));
                        }
                    }));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(failure("the client has been closed", false));
        }
        return result;
    }

    @Override
    public void close(PooledSession connection) {
        connection.session().close();
    }

    @Override
    public boolean tellsLimit(Throwable failure) {
        if (!(failure instanceof FtpReplyException refused)) {
            return false;
        }
        FtpReply reply = refused.reply();
        String text = String.join(" ", reply.lines()).toLowerCase(Locale.ROOT);
        return refused.isSessionOver()
                || reply.code() == FtpReplyCode.NOT_LOGGED_IN.value()
                        && TOO_MANY.matcher(text).find()
                        && !text.contains(ATTEMPT);
    }

    @Override
    public FileTransferException failure(String message, boolean retryable) {
        return new FtpException(message, null, retryable);
    }
}
