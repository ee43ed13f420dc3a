package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.time.Duration;

/** SITE IDLE, which no RFC has: how long this session may be idle, in seconds. No longer than the server's setting, so that nobody holds a place for ever. */
final class SiteIdle {

    /** Less would end a session while a person types. */
    static final long MIN_SECONDS = 5;

    private SiteIdle() {}

    static void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (argument.isEmpty()) {
            context.reply(
                    FtpReplyCode.COMMAND_OK,
                    "The idle time-out is " + session.idleTimeout().toSeconds() + " seconds.");
            return;
        }
        long max = session.server().config().timeouts().idle().toSeconds();
        long seconds = Arguments.number(argument);
        if (seconds < Math.min(MIN_SECONDS, max) || seconds > max) {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "From " + MIN_SECONDS + " to " + max + " seconds are allowed.");
            return;
        }
        session.idleTimeout(Duration.ofSeconds(seconds));
        context.reply(FtpReplyCode.COMMAND_OK, "The idle time-out is " + seconds + " seconds.");
    }
}
