package io.portolan.ftp.server.internal.command;

import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** PWD (RFC 959 §4.1.3, appendix II): the working directory in quotes. */
final class PwdCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        context.reply(pathReply(context.session().directory(), "is the current directory"));
    }

    /** 257, with the quotes of a name doubled (RFC 959 appendix II). */
    static FtpReply pathReply(VirtualPath path, String text) {
        return FtpReply.of(FtpReplyCode.PATHNAME_CREATED, '"' + path.toString().replace("\"", "\"\"") + "\" " + text);
    }
}
