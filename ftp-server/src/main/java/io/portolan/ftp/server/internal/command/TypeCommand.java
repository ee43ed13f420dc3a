package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.util.regex.Pattern;

/** TYPE (RFC 959 §3.1.1, §4.1.2; RFC 1123 §4.1.2.1): A, I, and L 8, which is I under another name. */
final class TypeCommand implements FtpCommand {

    /** What RFC 959 §5.3.2 has. */
    private static final Pattern KNOWN = Pattern.compile("(?i)[AE]( [NTC])?|I|L \\d{1,3}");

    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        TransferType type;
        try {
            type = TransferType.parse(argument);
        } catch (FtpSyntaxException e) {
            context.reply(
                    KNOWN.matcher(argument).matches()
                            ? FtpReply.of(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "Only TYPE A, I and L 8 are there.")
                            : FtpReply.of(FtpReplyCode.BAD_ARGUMENT, "There is no such type."));
            return;
        }
        session.parameters(session.parameters().withType(type));
        context.reply(FtpReplyCode.COMMAND_OK, "Type is " + type.argument() + ".");
    }
}
