package io.portolan.ftp.server.internal.command;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.SiteCommand;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SITE (RFC 959 §4.1.3): commands of this server's own, the built-in ones and those of the settings. */
final class SiteRouter implements FtpCommand {

    /** What a SITE command does. */
    @FunctionalInterface
    interface Handler {
        void run(CommandContext context, String argument);
    }

    /**
     * A SITE command.
     *
     * @param syntax its line in SITE HELP
     * @param handler what it does
     */
    record Entry(String syntax, Handler handler) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    SiteRouter(List<SiteCommand> own) {
        entries.put("HELP", new Entry("HELP", (context, argument) -> context.reply(help())));
        entries.put("CHMOD", new Entry("CHMOD <octal mode> <path>", SiteRouter::chmod));
        entries.put(
                "UTIME",
                new Entry("UTIME <YYYYMMDDhhmmss> <path> | <path> <accessed> <modified> <made> UTC", SiteUtime::run));
        entries.put("IDLE", new Entry("IDLE [<seconds>]", SiteIdle::run));
        for (SiteCommand command : own) {
            String name = command.name().toUpperCase(Locale.ROOT);
            entries.put(name, new Entry(command.syntax(), (context, argument) -> own(command, context, argument)));
        }
    }

    @Override
    public void run(CommandContext context, String argument) {
        String[] parts = Arguments.headAndRest(argument);
        Entry entry = entries.get(parts[0].toUpperCase(Locale.ROOT));
        if (entry == null) {
            context.reply(
                    FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is no such SITE command, SITE HELP tells which.");
        } else {
            entry.handler().run(context, parts[1]);
        }
    }

    /** The reply to SITE HELP and HELP SITE. */
    FtpReply help() {
        List<String> lines = new ArrayList<>();
        lines.add("SITE commands:");
        entries.values().forEach(entry -> lines.add(" " + entry.syntax()));
        lines.add("End");
        return FtpReply.multiline(FtpReplyCode.HELP_MESSAGE, lines);
    }

    private static void own(SiteCommand command, CommandContext context, String argument) {
        FtpSession session = context.session();
        VirtualPath directory = session.directory();
        context.files(null, files -> command.run(new SiteCommand.Call(argument, session.info(), files, directory)));
    }

    private static void chmod(CommandContext context, String argument) {
        String[] parts = Arguments.headAndRest(argument);
        if (parts[1].isEmpty()) {
            throw new FtpSyntaxException("a mode and a path are expected");
        }
        int bits = Arguments.octal(parts[0]);
        VirtualPath path = context.path(parts[1]);
        context.files(path, files -> {
            FileTimes.change(files, path, AttributeChange.nothing().withPermissionBits(bits));
            return FtpReply.of(FtpReplyCode.COMMAND_OK, "Mode changed.");
        });
    }

    /** The lines of FEAT: those that clients look for. */
    static @Nullable String feature(Features features) {
        StringBuilder lines = new StringBuilder();
        if (FileTimes.canSet(features, Attribute.PERMISSIONS)) {
            lines.append("SITE CHMOD\n");
        }
        if (FileTimes.canSet(features, Attribute.MODIFIED)) {
            lines.append("SITE UTIME\n");
        }
        return lines.isEmpty() ? null : lines.toString();
    }
}
