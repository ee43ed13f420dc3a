package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** CLNT, which no RFC has, and CSID (draft-peterson-streamlined-ftp-command-extensions §5): the client's software, for logs and listeners. */
final class ClientNameCommand implements FtpCommand {

    /** More than any client's name and version, little enough to keep with ten thousand sessions. */
    static final int MAX_LENGTH = 128;

    private final String reply;

    ClientNameCommand(String reply) {
        this.reply = reply;
    }

    @Override
    public void run(CommandContext context, String argument) {
        String name = argument.length() > MAX_LENGTH ? argument.substring(0, MAX_LENGTH) : argument;
        context.session().clientSoftware(ControlCharacters.replace(name));
        context.reply(FtpReplyCode.COMMAND_OK, reply);
    }
}
