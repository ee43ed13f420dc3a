package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * PORT (RFC 959 §4.1.2) and EPRT (RFC 2428 §2): the client listens, the server will connect. Only to the client itself, and to no port below 1024, unless the
 * settings allow other servers' networks (RFC 2577 §3).
 */
final class PortCommand implements FtpCommand {

    private final Function<String, HostPort> parser;

    PortCommand(Function<String, HostPort> parser) {
        this.parser = parser;
    }

    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (ExtendedPassive.refuses(context)) {
            return;
        }
        HostPort asked = parser.apply(argument);
        InetSocketAddress target = new InetSocketAddress(asked.address(), asked.port());
        Optional<String> objection = session.server()
                .activePolicy()
                .objection(session.info().remoteAddress().getAddress(), target);
        if (objection.isPresent()) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "Not there: " + objection.get() + ".");
            return;
        }
        session.dataConnections().connectTo(target);
        context.reply(FtpReplyCode.COMMAND_OK, "The next data connection goes there.");
    }
}
