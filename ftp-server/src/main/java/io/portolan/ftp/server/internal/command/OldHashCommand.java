package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.LongTask;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * XCRC, XMD5, XSHA, XSHA1, XSHA256 and XSHA512, which no RFC has: {@code XMD5 path}, or {@code XMD5 path first end} for the bytes from {@code first} up to, but not
 * including, {@code end}; quotes stand around a path that ends in numbers. 250 and the hash.
 */
final class OldHashCommand implements FtpCommand {

    private static final Pattern RANGE = Pattern.compile("(.+?) (\\d+)(?: (\\d+))?", Pattern.DOTALL);

    private final HashAlgorithm algorithm;

    OldHashCommand(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public void run(CommandContext context, String argument) {
        FileHash.Finder finder = argument.startsWith("\"") ? quoted(context, argument) : plain(context, argument);
        LongTask.start(
                context,
                null,
                new FileHash(
                        algorithm,
                        finder,
                        result -> FtpReply.of(
                                FtpReplyCode.FILE_ACTION_OK, result.hex().toUpperCase(Locale.ROOT))));
    }

    private static FileHash.Finder quoted(CommandContext context, String argument) {
        List<String> words = Arguments.words(argument);
        if (words.size() > 3) {
            throw new FtpSyntaxException("a path and two numbers at most are expected");
        }
        FileHash.Part part = part(
                context.path(words.get(0)),
                words.size() > 1 ? words.get(1) : "0",
                words.size() > 2 ? words.get(2) : null);
        return files -> part;
    }

    /** A path may end in numbers, so it is looked whether there is such a file. */
    private static FileHash.Finder plain(CommandContext context, String argument) {
        VirtualPath whole = context.path(argument);
        Matcher range = RANGE.matcher(argument);
        if (!range.matches()) {
            return files -> new FileHash.Part(whole, 0, Long.MAX_VALUE);
        }
        FileHash.Part part = part(context.path(range.group(1)), range.group(2), range.group(3));
        return files -> {
            try {
                files.stat(whole, LinkHandling.FOLLOW);
                return new FileHash.Part(whole, 0, Long.MAX_VALUE);
            } catch (NoSuchFileException e) {
                return part;
            }
        };
    }

    private static FileHash.Part part(VirtualPath path, String first, @Nullable String end) {
        long from = Arguments.number(first);
        if (end == null) {
            return new FileHash.Part(path, from, Long.MAX_VALUE);
        }
        long to = Arguments.number(end);
        if (to < from) {
            throw new FtpSyntaxException("the range ends before it begins");
        }
        return new FileHash.Part(path, from, to - from);
    }
}
