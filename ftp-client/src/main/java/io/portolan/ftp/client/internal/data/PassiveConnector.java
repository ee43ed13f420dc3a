package io.portolan.ftp.client.internal.data;

import io.netty.channel.Channel;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Passive mode: EPSV (RFC 2428, section 3), and PASV (RFC 959, section 4.1.2) with servers that refuse it, and where its ports cannot be reached, which is remembered. So the first port of EPSV is connected to before the
 * command of the transfer is sent, and the others at the same time. Of the answer to PASV only the port is used: behind address translation the
 * address in it is often wrong, and a hostile server would have us connect wherever it likes.
 */
public final class PassiveConnector implements DataConnector {

    private final ControlConnection control;
    private final OutgoingConnections connections;
    private final boolean mayUsePasv;
    private boolean epsvRefused;
    private boolean epsvProven;
    private boolean unwanted;
    private @Nullable CompletableFuture<Channel> proving;

    /** Connects nothing yet. */
    public PassiveConnector(ControlConnection control, OutgoingConnections connections) {
        this.control = control;
        this.connections = connections;
        this.mayUsePasv = connections.isProxied() || control.remoteAddress().getAddress() instanceof Inet4Address;
    }

    @Override
    public CompletableFuture<Offer> prepare() {
        unwanted = false;
        return epsvRefused ? pasv() : control.send("EPSV", "").thenCompose(this::extended);
    }

    @Override
    public void giveUp() {
        unwanted = true;
        if (proving != null) {
            proving.cancel(false);
        }
    }

    private static CompletableFuture<Offer> givenUp() {
        return CompletableFuture.failedFuture(new FtpCancelledException("no data connection is wanted any more", null));
    }

    private CompletableFuture<Offer> extended(FtpReply reply) {
        if (unwanted) {
            return givenUp();
        }
        if (reply.code() == FtpReplyCode.ENTERING_EXTENDED_PASSIVE_MODE.value()) {
            try {
                Connection connection = new Connection(HostPort.parseEpsvReply(text(reply)), true);
                return epsvProven || !mayUsePasv ? CompletableFuture.completedFuture(connection) : proved(connection);
            } catch (FtpSyntaxException e) {
                return CompletableFuture.failedFuture(new FtpProtocolException("EPSV: no port in " + reply, e));
            }
        }
        if (reply.isPermanentError() && mayUsePasv) {
            epsvRefused = true;
            return pasv();
        }
        return CompletableFuture.failedFuture(new FtpReplyException("EPSV", reply));
    }

    /** Some firewalls open the ports only that they read in answers to PASV. */
    private CompletableFuture<Offer> proved(Connection first) {
        CompletableFuture<Channel> made = first.connect();
        proving = made;
        return made.handle((channel, failure) -> {
                    proving = null;
                    if (failure == null) {
                        epsvProven = true;
                        return CompletableFuture.<Offer>completedFuture(first);
                    }
                    if (unwanted) {
                        return givenUp();
                    }
                    epsvRefused = true;
                    return pasv().exceptionallyCompose(refused -> {
                        epsvRefused = !(Futures.unwrap(refused) instanceof FtpReplyException);
                        return CompletableFuture.failedFuture(epsvRefused ? refused : failure);
                    });
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Offer> pasv() {
        return control.send("PASV", "").thenCompose(this::passive);
    }

    private CompletableFuture<Offer> passive(FtpReply reply) {
        if (reply.code() != FtpReplyCode.ENTERING_PASSIVE_MODE.value()) {
            return CompletableFuture.failedFuture(new FtpReplyException("PASV", reply));
        }
        try {
            return CompletableFuture.completedFuture(
                    new Connection(HostPort.parsePasvReply(text(reply)).port(), false));
        } catch (FtpSyntaxException e) {
            return CompletableFuture.failedFuture(new FtpProtocolException("PASV: no port in " + reply, e));
        }
    }

    private static String text(FtpReply reply) {
        return String.join(" ", reply.lines());
    }

    private final class Connection implements Offer {
        private final int port;
        private final boolean extended;
        private @Nullable CompletableFuture<Channel> connecting;
        private boolean opened;

        Connection(int port, boolean extended) {
            this.port = port;
            this.extended = extended;
        }

        CompletableFuture<Channel> connect() {
            InetSocketAddress server = control.remoteAddress();
            CompletableFuture<Channel> made = connections.data(control.loop(), server.getAddress(), port);
            connecting = made;
            return made;
        }

        @Override
        public CompletableFuture<Channel> open() {
            opened = true;
            if (connecting != null) {
                return connecting;
            }
            CompletableFuture<Channel> made = connect();
            made.whenComplete((channel, failure) -> {
                if (extended && mayUsePasv && failure != null && !made.isCancelled()) {
                    epsvRefused = true;
                }
            });
            return made;
        }

        @Override
        public void abandon() {
            CompletableFuture<Channel> made = connecting;
            if (made == null) {
                return;
            }
            if (!opened) {
                made.thenAccept(Channel::close);
            }
            made.cancel(false);
        }
    }
}
