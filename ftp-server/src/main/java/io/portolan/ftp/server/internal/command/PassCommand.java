package io.portolan.ftp.server.internal.command;

import io.portolan.auth.Credentials;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.Login;
import io.portolan.ftp.server.internal.session.LoginState;
import java.util.Locale;

/** PASS (RFC 959 §4.1.1): the password, checked by the {@link io.portolan.auth.Authenticator}. */
final class PassCommand implements FtpCommand {

    @Override
    public void run(CommandContext context, String argument) {
        LoginState state = context.session().login();
        if (state instanceof LoginState.LoggedIn) {
            context.reply(FtpReplyCode.COMMAND_SUPERFLUOUS, "Logged in already.");
        } else if (state instanceof LoginState.AwaitingPassword awaiting) {
            Login.check(context, awaiting.user(), credentials(awaiting.user(), argument));
        } else {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "Say USER first.");
        }
    }

    /** RFC 1635: the user {@code anonymous} gives a mail address for a password. */
    private static Credentials credentials(String user, String argument) {
        return switch (user.toLowerCase(Locale.ROOT)) {
            case "anonymous", "ftp" -> new Credentials.Anonymous(argument);
            default -> new Credentials.Password(argument.toCharArray());
        };
    }
}
