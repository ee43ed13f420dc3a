package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.session.SessionInfo;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.function.IntFunction;

/** What the commands that prepare a data connection share. */
final class DataPreparation {

    private DataPreparation() {}

    /** After EPSV ALL every other way is refused, until the session ends (RFC 2428 §4). */
    static boolean refusedByEpsvAll(CommandContext context) {
        if (!context.session().options().extendedPassiveOnly()) {
            return false;
        }
        context.reply(FtpReplyCode.BAD_SEQUENCE, "EPSV ALL was said, only EPSV is accepted.");
        return true;
    }

    /**
     * Listens for the client and replies with the port, or says that there is none.
     *
     * @param code of the reply
     * @param text of the reply
     */
    static void listen(CommandContext context, FtpReplyCode code, IntFunction<String> text) {
        context.session().dataConnections().listen((lease, failure) -> {
            if (lease != null) {
                context.reply(FtpReply.of(code, text.apply(lease.port())));
            } else {
                context.reply(FtpReply.of(
                        FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION,
                        "No port for the data connection: " + (failure == null ? "unknown" : failure.getMessage())));
            }
        });
    }

    /** The address for a client that has reached us by IPv4, if there is one to announce. */
    static Optional<Inet4Address> announced(CommandContext context) {
        SessionInfo info = context.session().info();
        return context.session()
                .server()
                .config()
                .publicAddress()
                .announce(info.localAddress().getAddress(), info.remoteAddress().getAddress());
    }
}
