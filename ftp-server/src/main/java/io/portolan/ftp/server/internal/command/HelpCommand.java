package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.CommandTable;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HELP (RFC 959 §4.1.3): the verbs, or how one of them is used and which RFC says so; all from the command table. */
final class HelpCommand implements FtpCommand {

    private static final int PER_LINE = 8;

    @Override
    public void run(CommandContext context, String argument) {
        String[] asked = Arguments.headAndRest(argument.toUpperCase(Locale.ROOT));
        CommandTable table = context.session().server().commands();
        if (argument.isEmpty()) {
            context.reply(FtpReply.multiline(FtpReplyCode.HELP_MESSAGE, verbs(table)));
            return;
        }
        CommandSpec spec = table.find(asked[0]);
        if (spec == null) {
            context.reply(FtpReplyCode.COMMAND_NOT_IMPLEMENTED, "There is no such command.");
        } else if (spec.command() instanceof SiteRouter site) {
            context.reply(site.help());
        } else {
            context.reply(FtpReplyCode.HELP_MESSAGE, "Syntax: " + spec.syntax() + " (" + spec.source() + ")");
        }
    }

    private static List<String> verbs(CommandTable table) {
        List<String> lines = new ArrayList<>();
        lines.add("Commands, HELP <command> tells more:");
        StringBuilder line = new StringBuilder();
        int inLine = 0;
        for (CommandSpec spec : table.all()) {
            line.append(' ').append(spec.verb());
            if (++inLine == PER_LINE) {
                lines.add(line.toString());
                line.setLength(0);
                inLine = 0;
            }
        }
        if (inLine > 0) {
            lines.add(line.toString());
        }
        lines.add("End");
        return lines;
    }
}
