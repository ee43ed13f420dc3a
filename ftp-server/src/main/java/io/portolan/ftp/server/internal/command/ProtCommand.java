package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.SecurityState;
import java.util.Optional;

/** PROT (RFC 2228 §3, RFC 4217 §9): how data connections are protected. */
final class ProtCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        SecurityState security = context.session().security();
        ServerSecurity mechanism = security.mechanism();
        if (mechanism == null || !security.isBufferSizeAgreed()) {
            context.reply(
                    FtpReplyCode.BAD_SEQUENCE, mechanism == null ? "Say AUTH and PBSZ first." : "Say PBSZ first.");
            return;
        }
        Optional<ProtectionLevel> level = ProtectionLevel.parse(argument.strip());
        if (level.isEmpty()) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is no such protection level.");
        } else if (!mechanism.dataLevels().contains(level.get())) {
            context.reply(FtpReplyCode.PROTECTION_LEVEL_NOT_SUPPORTED, "The mechanism does not have this level.");
        } else if (level.get() == ProtectionLevel.CLEAR && context.session().isDataProtectionRequired()) {
            context.reply(FtpReplyCode.DENIED_FOR_POLICY_REASONS, "Data connections must be protected: say PROT P.");
        } else {
            security.dataLevel(level.get());
            context.reply(
                    FtpReplyCode.COMMAND_OK,
                    "Protection level is " + level.get().letter() + ".");
        }
    }
}
