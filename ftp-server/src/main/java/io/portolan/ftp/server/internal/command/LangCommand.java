package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.Locale;
import java.util.regex.Pattern;

/** LANG (RFC 2640 §4): the language of the replies' texts; there is English. */
final class LangCommand implements FtpCommand {

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    @Override
    public void run(CommandContext context, String argument) {
        String tag = argument.strip().toLowerCase(Locale.ROOT);
        if (tag.isEmpty()
                || tag.equals("en")
                || tag.startsWith("en-") && TAG.matcher(tag).matches()) {
            context.reply(FtpReplyCode.COMMAND_OK, "English it is.");
        } else if (TAG.matcher(tag).matches()) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is only English.");
        } else {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "That is no language tag.");
        }
    }
}
