package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.UnsupportedAddressFamilyException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * PORT (RFC 959 §4.1.2), EPRT (RFC 2428 §2) and LPRT (RFC 1639 §3): the client listens, the server will connect. Only to the client itself, and to no port below
 * 1024, unless the settings allow other servers' networks (RFC 2577 §3).
 */
final class PortCommand implements FtpCommand {

    private final Function<String, HostPort> parser;
    private final FtpReply otherFamily;

    private PortCommand(Function<String, HostPort> parser, FtpReplyCode otherFamily, String text) {
        this.parser = parser;
        this.otherFamily = FtpReply.of(otherFamily, text);
    }

    /** PORT: six numbers, which have room for IPv4 only. */
    static PortCommand port() {
        return new PortCommand(HostPort::parsePort, FtpReplyCode.BAD_ARGUMENT, "Only IPv4 fits in here, use EPRT.");
    }

    /** EPRT: fields between delimiters. */
    static PortCommand extended() {
        return new PortCommand(
                HostPort::parseEprt, FtpReplyCode.PROTOCOL_NOT_SUPPORTED, "Network protocol not supported, use (1,2)");
    }

    /** LPRT: numbers, the first of which tell how many there are. */
    static PortCommand ofAnyLength() {
        return new PortCommand(
                HostPort::parseLprt,
                FtpReplyCode.DATA_CONNECTION_NOT_POSSIBLE,
                "Supported address families are (4, 6)");
    }

    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (DataPreparation.refusedByEpsvAll(context)) {
            return;
        }
        HostPort asked;
        try {
            asked = parser.apply(argument);
        } catch (UnsupportedAddressFamilyException e) {
            context.reply(otherFamily);
            return;
        }
        InetAddress client = session.info().remoteAddress().getAddress();
        // lftp names no address over IPv6 (EPRT |2|::|…): that can only be its own
        InetSocketAddress target =
                new InetSocketAddress(asked.address().isAnyLocalAddress() ? client : asked.address(), asked.port());
        Optional<String> objection = session.server().activePolicy().objection(client, target);
        if (objection.isPresent()) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "Not there: " + objection.get() + ".");
            return;
        }
        session.dataConnections().connectTo(target);
        context.reply(FtpReplyCode.COMMAND_OK, "The next data connection goes there.");
    }
}
