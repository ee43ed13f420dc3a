package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.CommandTable;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.SessionOptions;
import java.util.ArrayList;
import java.util.List;

/** FEAT (RFC 2389 §3): the extensions, as the command table and the user's file system have them; one space before each. */
final class FeatCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (session.isLoggedIn()) {
            FtpServerConfig config = session.server().config();
            List<ServerSecurity> mechanisms = session.server().mechanisms();
            SessionOptions options = session.options();
            CommandTable table = session.server().commands();
            context.files(null, files -> reply(table, new Features(config, mechanisms, options, files)));
        } else {
            context.reply(reply(
                    session.server().commands(),
                    new Features(session.server().config(), session.server().mechanisms(), session.options(), null)));
        }
    }

    private static FtpReply reply(CommandTable table, Features features) {
        List<String> lines = new ArrayList<>();
        lines.add("Extensions:");
        for (CommandSpec spec : table.all()) {
            String feature = spec.feature().apply(features);
            if (feature != null) {
                feature.lines().forEach(line -> lines.add(" " + line));
            }
        }
        lines.add("End");
        return FtpReply.multiline(FtpReplyCode.SYSTEM_STATUS, lines);
    }
}
