package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SITE UTIME, which no RFC has, in the two forms that are about: {@code SITE UTIME YYYYMMDDhhmm[ss] path}, and {@code SITE UTIME path accessed modified made UTC},
 * whose third time cannot be set and is passed over. All times are UTC.
 */
final class SiteUtime {

    private static final Pattern FIVE = Pattern.compile("(.+) (\\d{14}) (\\d{14}) (\\d{14}) UTC", Pattern.DOTALL);
    private static final Pattern TWO = Pattern.compile("(\\d{12}(?:\\d{2})?) (.+)", Pattern.DOTALL);

    private SiteUtime() {}

    static void run(CommandContext context, String argument) {
        Matcher five = FIVE.matcher(argument);
        Matcher two = TWO.matcher(argument);
        if (five.matches()) {
            change(context, five.group(1), FtpTime.parse(five.group(3)), FtpTime.parse(five.group(2)));
        } else if (two.matches()) {
            String time = two.group(1);
            change(context, two.group(2), FtpTime.parse(time.length() == 12 ? time + "00" : time), null);
        } else {
            throw new FtpSyntaxException("a time and a path are expected");
        }
    }

    private static void change(CommandContext context, String name, Instant modified, @Nullable Instant accessed) {
        VirtualPath path = context.path(name);
        AttributeChange withModified = AttributeChange.nothing().withModified(modified);
        AttributeChange change = accessed == null ? withModified : withModified.withAccessed(accessed);
        context.files(path, files -> {
            FileTimes.change(files, path, change);
            return FtpReply.of(FtpReplyCode.COMMAND_OK, "Time changed.");
        });
    }
}
