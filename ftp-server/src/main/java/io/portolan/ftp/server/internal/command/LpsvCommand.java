package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** LPSV (RFC 1639 §4): PASV for addresses of any length; the answer is 228. */
final class LpsvCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        if (DataPreparation.refusedByEpsvAll(context)) {
            return;
        }
        InetAddress local = context.session().info().localAddress().getAddress();
        Optional<? extends InetAddress> announced =
                local instanceof Inet4Address ? DataPreparation.announced(context) : Optional.of(local);
        if (announced.isEmpty()) {
            context.reply(FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "There is no address to announce, say EPSV.");
            return;
        }
        DataPreparation.listen(
                context,
                FtpReplyCode.ENTERING_LONG_PASSIVE_MODE,
                port -> new HostPort(announced.get(), port).toLpsvReply());
    }
}
