package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.net.Inet4Address;
import java.util.Optional;

/** PASV (RFC 959 §4.1.2): the server listens, and tells where; IPv4 only, which is what 227 has room for. */
final class PasvCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (ExtendedPassive.refuses(context)) {
            return;
        }
        Optional<Inet4Address> announced = session.server()
                .config()
                .publicAddress()
                .announce(
                        session.info().localAddress().getAddress(),
                        session.info().remoteAddress().getAddress());
        if (announced.isEmpty()) {
            context.reply(FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "There is no IPv4 address to announce, say EPSV.");
            return;
        }
        session.dataConnections().listen((lease, failure) -> {
            if (lease == null) {
                context.reply(ExtendedPassive.noPort(failure));
            } else {
                context.reply(FtpReply.of(
                        FtpReplyCode.ENTERING_PASSIVE_MODE, new HostPort(announced.get(), lease.port()).toPasvReply()));
            }
        });
    }
}
