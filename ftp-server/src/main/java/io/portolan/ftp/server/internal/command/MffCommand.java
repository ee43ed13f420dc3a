package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MFF (draft-somers-ftp-mfxx §5): {@code MFF Modify=20260301120000;UNIX.mode=0640; path} sets several facts of a file at once, all or none. */
final class MffCommand implements FtpCommand {

    @Override
    public void run(CommandContext context, String argument) {
        String[] parts = Arguments.headAndRest(argument);
        // the last semicolon may be missing: NcFTP leaves it out
        if (parts[1].isEmpty() || parts[0].isEmpty()) {
            throw new FtpSyntaxException("facts, each with a semicolon behind it, and a path are expected");
        }
        AttributeChange change = AttributeChange.nothing();
        StringBuilder told = new StringBuilder();
        for (String fact : parts[0].split(";")) {
            int equals = fact.indexOf('=');
            if (equals < 1) {
                throw new FtpSyntaxException("a fact has a name, an equals sign and a value");
            }
            String name = fact.substring(0, equals);
            Optional<AttributeChange> more = with(change, name, fact.substring(equals + 1));
            if (more.isEmpty()) {
                context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "One of these facts cannot be set.");
                return;
            }
            change = more.get();
            told.append(fact).append(';');
        }
        AttributeChange all = change;
        VirtualPath path = context.path(parts[1]);
        context.files(path, files -> {
            FileTimes.change(files, path, all);
            return FtpReply.of(FtpReplyCode.FILE_STATUS, told + " " + path);
        });
    }

    private static Optional<AttributeChange> with(AttributeChange change, String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "modify" -> Optional.of(change.withModified(FtpTime.parse(value)));
            case "create" -> Optional.of(change.withCreated(FtpTime.parse(value)));
            case "unix.mode" -> Optional.of(change.withPermissionBits(Arguments.octal(value)));
            case "unix.owner", "unix.ownername" -> Optional.of(change.withOwner(value));
            case "unix.group", "unix.groupname" -> Optional.of(change.withGroup(value));
            default -> Optional.empty();
        };
    }

    /** The facts that can be set, for FEAT; null if there are none. */
    static @Nullable String feature(Features features) {
        StringBuilder facts = new StringBuilder();
        append(facts, features, Attribute.MODIFIED, "Modify;");
        append(facts, features, Attribute.CREATED, "Create;");
        append(facts, features, Attribute.PERMISSIONS, "UNIX.mode;");
        append(facts, features, Attribute.OWNER, "UNIX.owner;UNIX.ownername;");
        append(facts, features, Attribute.GROUP, "UNIX.group;UNIX.groupname;");
        return facts.isEmpty() ? null : "MFF " + facts;
    }

    private static void append(StringBuilder facts, Features features, Attribute attribute, String names) {
        if (FileTimes.canSet(features, attribute)) {
            facts.append(names);
        }
    }
}
