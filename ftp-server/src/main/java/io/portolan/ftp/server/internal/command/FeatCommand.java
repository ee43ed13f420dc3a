package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.ArrayList;
import java.util.List;

/** FEAT (RFC 2389 §3): the extensions, as the command table and the user's file system have them; one space before each. */
final class FeatCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        List<String> lines = new ArrayList<>();
        lines.add("Extensions:");
        for (CommandSpec spec : context.session().server().commands().all()) {
            String feature = spec.feature().apply(context.session());
            if (feature != null) {
                feature.lines().forEach(line -> lines.add(" " + line));
            }
        }
        lines.add("End");
        context.reply(FtpReply.multiline(FtpReplyCode.SYSTEM_STATUS, lines));
    }
}
