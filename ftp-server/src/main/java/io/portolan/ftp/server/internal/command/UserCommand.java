package io.portolan.ftp.server.internal.command;

import io.portolan.auth.Credentials;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.Login;
import io.portolan.ftp.server.internal.session.ServerContext;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * USER (RFC 959 §4.1.1): who the client says it is. The answer is the same for everybody (RFC 2577 §6), unless a client certificate is enough to be let in (RFC 2228 §3); after a login it takes that
 * login's rights away first.
 */
final class UserCommand implements FtpCommand {

    /** More than any directory of accounts allows. */
    static final int MAX_NAME = 256;

    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        FtpReply refusal = refusal(session);
        if (refusal != null) {
            context.reply(refusal);
            return;
        }
        if (argument.length() > MAX_NAME) {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "The name is longer than " + MAX_NAME + " characters.");
            return;
        }
        if (session.isLoggedIn()) {
            session.logout();
        }
        takeServerName(session);
        List<X509Certificate> chain = session.clientCertificates();
        if (chain.isEmpty()) {
            Login.askForPassword(context, argument);
        } else {
            Login.check(context, argument, new Credentials.ClientCertificate(chain));
        }
    }

    /** Who has told TLS the name of a virtual host needs no HOST. */
    private static void takeServerName(FtpSession session) {
        if (session.host().name() == null) {
            ServerContext.Host host =
                    session.serverName().map(session.server()::host).orElse(null);
            if (host != null) {
                session.host(host);
            }
        }
    }

    private static @Nullable FtpReply refusal(FtpSession session) {
        FtpReply unprotected = session.loginRefusal();
        if (unprotected != null) {
            return unprotected;
        }
        String host = session.host().name();
        if (host != null && !session.serverName().map(host::equalsIgnoreCase).orElse(true)) {
            return FtpReply.of(FtpReplyCode.NOT_LOGGED_IN, "HOST and TLS have named different hosts.");
        }
        InetAddress local = session.info().localAddress().getAddress();
        if (!session.info().isEncrypted()
                && !local.isLoopbackAddress()
                && !session.server().config().isPlainLoginAllowed()) {
            return FtpReply.of(
                    FtpReplyCode.NOT_LOGGED_IN,
                    "This server takes no passwords over a connection that is not encrypted.");
        }
        return null;
    }
}
