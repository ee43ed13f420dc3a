package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.Locale;

/** STRU (RFC 959 §3.1.2, §4.1.2): files have no structure but their bytes. RFC 1123 §4.1.2.13 asks for R as well, which no client uses. */
final class StruCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        switch (argument.toUpperCase(Locale.ROOT)) {
            case "F" -> context.reply(FtpReplyCode.COMMAND_OK, "Structure is F.");
            case "R", "P" -> context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "Only STRU F is there.");
            default -> context.reply(FtpReplyCode.BAD_ARGUMENT, "STRU takes F.");
        }
    }
}
