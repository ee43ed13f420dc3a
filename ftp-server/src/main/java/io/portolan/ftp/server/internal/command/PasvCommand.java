package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.net.Inet4Address;
import java.util.Optional;

/** PASV (RFC 959 §4.1.2): the server listens, and tells where; IPv4 only, which is what 227 has room for. */
final class PasvCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        if (DataPreparation.refusedByEpsvAll(context)) {
            return;
        }
        Optional<Inet4Address> announced = DataPreparation.announced(context);
        if (announced.isEmpty()) {
            context.reply(FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "There is no IPv4 address to announce, say EPSV.");
            return;
        }
        DataPreparation.listen(
                context, FtpReplyCode.ENTERING_PASSIVE_MODE, port -> new HostPort(announced.get(), port).toPasvReply());
    }
}
