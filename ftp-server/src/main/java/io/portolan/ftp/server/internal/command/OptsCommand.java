package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Fact;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** OPTS (RFC 2389 §4): UTF8, MLST (RFC 3659 §7.9), HASH (draft-bryan-ftpext-hash §3.1) and MODE Z (draft-preston-ftpext-deflate §4.1). */
final class OptsCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        String[] parts = Arguments.headAndRest(argument);
        String value = parts[1].strip();
        switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "UTF8", "UTF-8" -> utf8(context, value);
            case "MLST" -> mlst(context, value);
            case "HASH" -> hash(context, value);
            case "MODE" -> mode(context, value);
            default -> context.reply(FtpReplyCode.BAD_ARGUMENT, "There are no such options.");
        }
    }

    private static void utf8(CommandContext context, String value) {
        FtpSession session = context.session();
        Charset fallback = session.server().config().fallbackCharset();
        switch (value.toUpperCase(Locale.ROOT)) {
            case "", "ON" -> {
                session.charset(ControlCharset.utf8(fallback));
                context.reply(FtpReplyCode.COMMAND_OK, "Names are UTF-8.");
            }
            case "OFF" -> {
                session.charset(ControlCharset.only(fallback));
                context.reply(FtpReplyCode.COMMAND_OK, "Names are " + fallback.name() + ".");
            }
            default -> context.reply(FtpReplyCode.BAD_ARGUMENT, "OPTS UTF8 takes ON or OFF.");
        }
    }

    private static void mlst(CommandContext context, String value) {
        Set<Fact> facts = Fact.parseOpts(value);
        context.session().options(context.session().options().withFacts(facts));
        context.reply(FtpReplyCode.COMMAND_OK, ("MLST OPTS " + Fact.opts(facts)).stripTrailing());
    }

    private static void hash(CommandContext context, String value) {
        if (value.isEmpty()) {
            context.reply(FtpReplyCode.COMMAND_OK, context.session().options().hashAlgorithm());
            return;
        }
        Optional<HashAlgorithm> chosen = HashAlgorithm.named(value);
        if (chosen.isEmpty()) {
            context.reply(FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED, "There is no such algorithm.");
            return;
        }
        context.session()
                .options(context.session()
                        .options()
                        .withHashAlgorithm(chosen.get().ftpName()));
        context.reply(FtpReplyCode.COMMAND_OK, chosen.get().ftpName());
    }

    private static void mode(CommandContext context, String value) {
        List<String> words = Arguments.words(value.toUpperCase(Locale.ROOT));
        if (words.size() != 3 || !words.get(0).equals("Z") || !words.get(1).equals("LEVEL")) {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "OPTS MODE Z LEVEL takes a number from 1 to 9.");
            return;
        }
        long level = Arguments.number(words.get(2));
        if (level < 1 || level > 9) {
            context.reply(FtpReplyCode.BAD_ARGUMENT, "The level is a number from 1 to 9.");
            return;
        }
        FtpSession session = context.session();
        session.parameters(session.parameters().withCompressionLevel((int) level));
        context.reply(FtpReplyCode.COMMAND_OK, "MODE Z LEVEL set to " + level + ".");
    }
}
