package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.SecurityState;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * AUTH (RFC 2228 §3, RFC 4217 §4): protects the control connection. What the client has sent behind AUTH was sent in the clear, by whomever, and must not be taken
 * for something said under protection (CVE-2011-0411): then the connection is closed.
 */
final class AuthCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        SecurityState security = session.security();
        if (security.mechanisms().isEmpty()) {
            context.reply(FtpReplyCode.COMMAND_NOT_IMPLEMENTED, "This server has no security mechanism.");
            return;
        }
        if (security.isControlProtected()) {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "The connection is protected already.");
            return;
        }
        String name = argument.strip().toUpperCase(Locale.ROOT);
        ServerSecurity mechanism = security.find(name);
        if (mechanism == null) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is no such security mechanism.");
            return;
        }
        if (session.hasUnreadCommands()) {
            session.sendAndClose(
                    FtpReply.of(FtpReplyCode.BAD_SEQUENCE, "Nothing may be sent behind AUTH before its reply."),
                    "sent something behind AUTH");
            return;
        }
        if (session.protect(
                mechanism, name, FtpReply.of(FtpReplyCode.SECURITY_EXCHANGE_COMPLETE, "Go on with " + name + "."))) {
            context.done();
        } else {
            context.reply(FtpReplyCode.SECURITY_RESOURCE_UNAVAILABLE, "The connection cannot be protected now.");
        }
    }

    /** The line of FEAT (RFC 4217 §6): the names that AUTH takes. */
    static @Nullable String feature(Features features) {
        if (features.mechanisms().isEmpty()) {
            return null;
        }
        return features.mechanisms().stream()
                .flatMap(mechanism -> mechanism.names().stream())
                .map(name -> "AUTH " + name)
                .collect(Collectors.joining("\n"));
    }
}
