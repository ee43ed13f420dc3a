package io.portolan.ftp.server.internal.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.core.internal.codec.MalformedRequest;
import io.portolan.core.internal.codec.RequestLine;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandSpec.Trait;
import java.io.IOException;
import java.util.Set;

/** The last handler of the control connection: looks a verb up, checks what it needs, runs it. Errors of the connection end here. */
final class FtpSessionHandler extends ChannelInboundHandlerAdapter {

    /**
     * Verbs of HTTP and SMTP. Who says them to an FTP server is a browser that an attacker has led here (the ALPACA attack, CVE-2021-3618): the line ahead may
     * have been its request, the lines behind are not to be read.
     */
    private static final Set<String> FOREIGN_VERBS = Set.of(
            "GET",
            "POST",
            "PUT",
            "PATCH",
            "HEAD",
            "OPTIONS",
            "CONNECT",
            "TRACE",
            "DELETE",
            "PRI",
            "HELO",
            "EHLO",
            "MAIL",
            "RCPT",
            "DATA",
            "STARTTLS");

    /** So many lines that are no commands a person may mistype before login; a program that speaks another protocol does not get further. */
    static final int MAX_BAD_COMMANDS_BEFORE_LOGIN = 8;

    private final FtpSession session;
    private int badCommands;

    FtpSessionHandler(FtpSession session) {
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        session.open();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!session.hears((RequestLine) message)) {
            return;
        }
        session.touched();
        if (message instanceof FtpRequest request) {
            dispatch(request);
        } else if (message instanceof MalformedRequest malformed) {
            bad(FtpReply.of(
                    FtpReplyCode.UNKNOWN_COMMAND,
                    "Not a command: " + malformed.reason().text()));
        }
    }

    private void dispatch(FtpRequest request) {
        SessionLog.heard(session, request);
        CommandSpec spec = session.server().commands().find(request.verb());
        if (spec == null) {
            if (!session.isLoggedIn() && FOREIGN_VERBS.contains(request.verb())) {
                session.close("said " + request.verb() + ", which is not FTP");
                return;
            }
            bad(FtpReply.of(FtpReplyCode.UNKNOWN_COMMAND, request.verb() + " not understood."));
            return;
        }
        boolean passing = session.sequencer().isBusy();
        OneShot oneShot = passing ? OneShot.NOTHING : session.takeOneShot(spec.has(Trait.KEEPS_RESTART));
        if (passing) {
            session.sequencer().beginPassing();
        } else {
            session.sequencer().begin();
        }
        CommandContext context = new CommandContext(
                session,
                request,
                spec,
                oneShot,
                passing ? session.sequencer()::finishedPassing : session.sequencer()::finished);
        try {
            run(context, request);
        } catch (RuntimeException | Error e) {
            context.fail(e, null);
        }
    }

    private void run(CommandContext context, FtpRequest request) {
        for (Precondition need : context.spec().needs()) {
            FtpReply refusal = need.refusal(session, request);
            if (refusal != null) {
                context.reply(refusal);
                return;
            }
        }
        context.spec().command().run(context, request.argument());
    }

    /** A line that is no command of ours: told so, and before login not for ever. */
    private void bad(FtpReply reply) {
        session.takeOneShot(false);
        if (!session.isLoggedIn() && ++badCommands >= MAX_BAD_COMMANDS_BEFORE_LOGIN) {
            session.sendAndClose(
                    FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, "Too many lines that are not commands."),
                    "too many bad commands before login");
            return;
        }
        session.send(reply);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.disconnected("the client closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isOfTheConnection(cause)) {
            SessionLog.debug(session, "the control connection failed", cause);
            session.disconnected("control connection failed: " + cause.getMessage());
            ctx.close();
        } else {
            SessionLog.warn(session, "a fault of this server ends the session", cause);
            session.sendAndClose(
                    FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, "Something is wrong with this server, sorry."),
                    "a fault of this server");
        }
    }

    /** What a peer or the network can bring about; Netty wraps what a security mechanism's handler finds wrong with what it reads. */
    private static boolean isOfTheConnection(Throwable cause) {
        return cause instanceof IOException || cause.getCause() instanceof IOException;
    }
}
