package io.portolan.ftp.client.internal.data;

import io.netty.channel.Channel;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Passive mode: EPSV (RFC 2428, section 3), and PASV (RFC 959, section 4.1.2) with servers that refuse it, which is remembered. Of the answer to PASV only the port is used: behind address translation the
 * address in it is often wrong, and a hostile server would have us connect wherever it likes.
 */
public final class PassiveConnector implements DataConnector {

    private final ControlConnection control;
    private final OutgoingConnections connections;
    private final boolean mayUsePasv;
    private boolean epsvRefused;

    /** Connects nothing yet. */
    public PassiveConnector(ControlConnection control, OutgoingConnections connections) {
        this.control = control;
        this.connections = connections;
        this.mayUsePasv = connections.isProxied() || control.remoteAddress().getAddress() instanceof Inet4Address;
    }

    @Override
    public CompletableFuture<Offer> prepare() {
        return epsvRefused ? pasv() : control.send("EPSV", "").thenCompose(this::extended);
    }

    private CompletableFuture<Offer> extended(FtpReply reply) {
        if (reply.code() == FtpReplyCode.ENTERING_EXTENDED_PASSIVE_MODE.value()) {
            try {
                return CompletableFuture.completedFuture(new Connection(HostPort.parseEpsvReply(text(reply)), true));
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

        Connection(int port, boolean extended) {
            this.port = port;
            this.extended = extended;
        }

        @Override
        public CompletableFuture<Channel> open() {
            InetSocketAddress server = control.remoteAddress();
            CompletableFuture<Channel> opened = connections.data(control.loop(), server.getAddress(), port);
            connecting = opened;
            opened.whenComplete((channel, failure) -> {
                if (extended && mayUsePasv && failure != null && !opened.isCancelled()) {
                    // some firewalls open the ports only that they read in answers to PASV
                    epsvRefused = true;
                }
            });
            return opened;
        }

        @Override
        public void abandon() {
            if (connecting != null) {
                connecting.cancel(false);
            }
        }
    }
}
