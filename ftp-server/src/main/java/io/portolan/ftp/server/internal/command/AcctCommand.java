package io.portolan.ftp.server.internal.command;

import io.portolan.auth.Credentials;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.Login;
import io.portolan.ftp.server.internal.session.LoginState;
import java.util.List;

/** ACCT (RFC 959 §4.1.1): the answer to 332, for authenticators that ask for more than a password. */
final class AcctCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        LoginState state = context.session().login();
        if (state instanceof LoginState.AwaitingAccount awaiting) {
            Login.check(context, awaiting.user(), new Credentials.KeyboardInteractive(List.of(argument.toCharArray())));
        } else if (state instanceof LoginState.LoggedIn) {
            context.reply(FtpReplyCode.COMMAND_SUPERFLUOUS, "No account is needed.");
        } else {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "Say USER and PASS first.");
        }
    }
}
