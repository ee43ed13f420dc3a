package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.util.Locale;

/** MODE (RFC 959 §3.4, §4.1.2): S, the stream as it is, and Z, the stream compressed (draft-preston-ftpext-deflate §4). */
final class ModeCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        switch (argument.toUpperCase(Locale.ROOT)) {
            case "S" -> {
                session.parameters(session.parameters().withCompressed(false));
                context.reply(FtpReplyCode.COMMAND_OK, "Mode is S.");
            }
            case "Z" -> {
                if (!session.server().config().isCompressionAllowed()) {
                    context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "MODE Z is not offered here; MODE S is.");
                    return;
                }
                session.parameters(session.parameters().withCompressed(true));
                context.reply(FtpReplyCode.COMMAND_OK, "Mode is Z.");
            }
            case "B", "C" -> context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is no such mode here.");
            default -> context.reply(FtpReplyCode.BAD_ARGUMENT, "MODE takes S or Z.");
        }
    }
}
