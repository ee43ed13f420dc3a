package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.net.Inet4Address;
import java.util.Locale;

/**
 * EPSV (RFC 2428 §3): the server listens at the address that the client has reached already, and tells the port. {@code EPSV ALL} promises that the client
 * will not ask for anything else (§4).
 */
final class EpsvCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        String family = argument.trim().toUpperCase(Locale.ROOT);
        if (family.equals("ALL")) {
            session.options(session.options().withExtendedPassiveOnly());
            context.reply(FtpReplyCode.COMMAND_OK, "From now on nothing but EPSV is accepted.");
            return;
        }
        boolean ipv4 = session.info().localAddress().getAddress() instanceof Inet4Address;
        switch (family) {
            case "" -> listen(context);
            case "1" -> listenIf(context, ipv4, "(2)");
            case "2" -> listenIf(context, !ipv4, "(1)");
            default ->
                context.reply(
                        FtpReplyCode.PROTOCOL_NOT_SUPPORTED,
                        "Network protocol not supported, use " + (ipv4 ? "(1)" : "(2)"));
        }
    }

    private static void listenIf(CommandContext context, boolean reachable, String other) {
        if (reachable) {
            listen(context);
        } else {
            context.reply(FtpReplyCode.PROTOCOL_NOT_SUPPORTED, "Network protocol not supported, use " + other);
        }
    }

    private static void listen(CommandContext context) {
        DataPreparation.listen(context, FtpReplyCode.ENTERING_EXTENDED_PASSIVE_MODE, HostPort::toEpsvReply);
    }
}
