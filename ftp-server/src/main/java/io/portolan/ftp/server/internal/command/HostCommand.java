package io.portolan.ftp.server.internal.command;

import io.netty.util.NetUtil;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.ServerContext;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * HOST (RFC 7151): which of the server's names the client means, before it logs in. The server's own address, as a literal (an IPv6 one in brackets), means the
 * server under no special name.
 */
final class HostCommand implements FtpCommand {

    /** A name of DNS, or an address in brackets. */
    private static final int MAX_LENGTH = 255;

    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (session.isLoggedIn()) {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "HOST comes before the login.");
            return;
        }
        String name = argument.strip();
        if (name.length() > MAX_LENGTH || name.indexOf(' ') >= 0) {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "That is no host's name.");
            return;
        }
        if (!agrees(session, name)) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "TLS was asked for another name.");
            return;
        }
        ServerContext.Host host = session.server().host(name);
        if (host == null && isOurAddress(name, session.info().localAddress().getAddress())) {
            host = session.server().defaultHost();
        }
        if (host == null) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "This server has no such name.");
            return;
        }
        session.host(host);
        context.reply(FtpReplyCode.SERVICE_READY, host.messages().greeting());
    }

    /** RFC 7151 §3.2.2: who has told TLS a name means that one. */
    private static boolean agrees(FtpSession session, String name) {
        return session.serverName().map(name::equalsIgnoreCase).orElse(true);
    }

    private static boolean isOurAddress(String literal, InetAddress local) {
        byte[] octets;
        if (literal.startsWith("[") && literal.endsWith("]")) {
            octets = NetUtil.createByteArrayFromIpAddressString(literal.substring(1, literal.length() - 1));
            if (octets == null || octets.length != 16) {
                return false;
            }
        } else if (NetUtil.isValidIpV4Address(literal)) {
            octets = NetUtil.createByteArrayFromIpAddressString(literal);
        } else {
            return false;
        }
        return Arrays.equals(octets, local.getAddress());
    }
}
