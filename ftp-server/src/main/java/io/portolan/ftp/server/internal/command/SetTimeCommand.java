package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.time.Instant;

/** MFMT and MFCT (draft-somers-ftp-mfxx §3, §4): {@code MFMT YYYYMMDDhhmmss path} sets one of a file's times. */
final class SetTimeCommand implements FtpCommand {

    /** Which time. */
    enum Which {
        /** When the content last changed. */
        MODIFIED("Modify"),
        /** When the file was made. */
        CREATED("Create");

        private final String fact;

        Which(String fact) {
            this.fact = fact;
        }
    }

    private final Which which;

    SetTimeCommand(Which which) {
        this.which = which;
    }

    @Override
    public void run(CommandContext context, String argument) {
        String[] parts = Arguments.headAndRest(argument);
        if (parts[1].isEmpty()) {
            throw new FtpSyntaxException("a time and a path are expected");
        }
        Instant time = FtpTime.parse(parts[0]);
        VirtualPath path = context.path(parts[1]);
        AttributeChange change = switch (which) {
            case MODIFIED -> AttributeChange.nothing().withModified(time);
            case CREATED -> AttributeChange.nothing().withCreated(time);
        };
        context.files(path, files -> {
            FileTimes.change(files, path, change);
            return FtpReply.of(FtpReplyCode.FILE_STATUS, which.fact + "=" + FtpTime.format(time) + "; " + path);
        });
    }
}
