package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** LPSV (RFC 1639 §4): PASV for addresses of any length; the answer is 228. */
final class LpsvCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (ExtendedPassive.refuses(context)) {
            return;
        }
        InetAddress local = session.info().localAddress().getAddress();
        Optional<? extends InetAddress> announced = local instanceof Inet4Address
                ? session.server()
                        .config()
                        .publicAddress()
                        .announce(local, session.info().remoteAddress().getAddress())
                : Optional.of(local);
        if (announced.isEmpty()) {
            context.reply(FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "There is no address to announce, say EPSV.");
            return;
        }
        session.dataConnections().listen((lease, failure) -> {
            if (lease == null) {
                context.reply(ExtendedPassive.noPort(failure));
            } else {
                context.reply(FtpReply.of(
                        FtpReplyCode.ENTERING_LONG_PASSIVE_MODE,
                        new HostPort(announced.get(), lease.port()).toLpsvReply()));
            }
        });
    }
}
