package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.OneShot;
import java.util.List;

/**
 * RANG (draft-bryan-ftp-range §4): the first and the last byte that the next RETR or HASH is about. {@code RANG 1 0} takes it back.
 */
final class RangCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        List<String> numbers = Arguments.words(argument);
        if (numbers.size() != 2) {
            throw new FtpSyntaxException("RANG takes the first and the last byte");
        }
        long first = Arguments.number(numbers.get(0));
        long last = Arguments.number(numbers.get(1));
        if (first == 1 && last == 0) {
            context.session().oneShot(OneShot.restart(0));
            context.reply(FtpReplyCode.PENDING_FURTHER_INFORMATION, "There is no range any more.");
            return;
        }
        if (first > last) {
            throw new FtpSyntaxException("the range ends before it begins");
        }
        context.session().oneShot(OneShot.range(first, last));
        context.reply(FtpReplyCode.PENDING_FURTHER_INFORMATION, "From byte " + first + " to byte " + last + ".");
    }
}
