package io.portolan.ftp.client.internal.control;

import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.ftp.FtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The command of a transfer with what is sent while it runs: NOOP and ABOR.
 *
 * <p>Servers answer those at once or when the transfer is over, so the order of the replies does not tell what answers what. Their number does: it is over when there are as many
 * as there were commands, and only then it is decided which of them was the transfer's. So none can be lost, and none is left to be taken for the next command's.
 *
 * <p>Some servers (Pure-FTPd) answer ABOR and the transfer that it ends by one reply. They are found out by PWD, whose 257 nothing else has: what comes before it is all there is.
 */
public final class TransferExchange extends Exchange {

    /** The codes of the replies that say that a transfer has succeeded (RFC 959, section 5.4). */
    private static final int CLOSING_DATA_CONNECTION = 226;

    private static final int FILE_ACTION_OK = 250;
    private static final int COMMAND_OK = 200;
    private static final int UNKNOWN_COMMAND = 500;
    private static final int BAD_SEQUENCE = 503;
    private static final int PATHNAME = 257;

    /** How far behind the first reply the second to a transfer that is aborted may be: they are sent one behind the other. To ask too early does no harm. */
    private static final long BOTH_REPLIES_MILLIS = 500;

    /** Whom the replies matter to. Event loop only. */
    public interface Listener {

        /** The server has begun (1yz); told once. */
        void marked(FtpReply reply);

        /** All replies are there; told once, and nothing after it. */
        void answered(FtpReply reply);

        /** The control connection is gone; told once, and nothing after it. */
        void lost(Throwable cause);
    }

    private final ControlConnection control;
    private final Listener listener;
    private final List<FtpReply> replies = new ArrayList<>(1);
    private int commands = 1;
    private boolean marked;
    private boolean refusesNoop;
    private boolean over;
    private boolean expected;
    private boolean aborted;
    private boolean asksWhereItIs;
    private @Nullable ScheduledFuture<?> asking;

    TransferExchange(String shown, ControlConnection control, Listener listener) {
        super(shown);
        this.control = control;
        this.listener = listener;
    }

    /** Keeps the control connection from looking idle, unless that has been refused or the last time is not answered yet. */
    public void keepAlive() {
        if (!over && !refusesNoop && commands == 1 + replies.size()) {
            commands++;
            control.writeUnanswered("NOOP");
        }
    }

    /** Asks the server to end the transfer. */
    public void abort() {
        if (!over) {
            commands++;
            aborted = true;
            control.writeUnanswered("ABOR");
            expectReply();
        }
    }

    /** From now on the server has to answer within the time for replies: nothing else happens any more. */
    public void expectReply() {
        expected = true;
        waitAnew();
    }

    @Override
    boolean replied(FtpReply reply) {
        if (reply.isPreliminary()) {
            if (!marked) {
                marked = true;
                listener.marked(reply);
            }
            return false;
        }
        if (reply.code() != COMMAND_OK && !reply.isPositive() && commands > 1) {
            refusesNoop = true;
        }
        boolean here = asksWhereItIs && reply.code() == PATHNAME;
        if (!here) {
            replies.add(reply);
        }
        if (!here && replies.size() < commands + (asksWhereItIs ? 1 : 0)) {
            if (reply.code() != COMMAND_OK) {
                // that of the transfer, or a refusal: either way those that are left follow at once, or at its end
                waitAnew();
                expected |= isSuccess(reply);
            }
            if (aborted && asking == null) {
                asking = control.loop().schedule(this::askWhereItIs, BOTH_REPLIES_MILLIS, TimeUnit.MILLISECONDS);
            }
            return false;
        }
        end();
        listener.answered(outcome());
        return true;
    }

    private void askWhereItIs() {
        if (!over) {
            asksWhereItIs = true;
            control.writeUnanswered("PWD");
        }
    }

    private void end() {
        over = true;
        if (asking != null) {
            asking.cancel(false);
        }
    }

    /** Whether no reply is to come any more. */
    boolean isOver() {
        return over;
    }

    private FtpReply outcome() {
        if (aborted && !replies.get(0).isPositive()) {
            // that of the transfer; what is positive behind it is that to ABOR
            return replies.get(0);
        }
        for (FtpReply reply : replies) {
            if (isSuccess(reply)) {
                return reply;
            }
        }
        FtpReply outcome = replies.get(0);
        for (FtpReply reply : replies) {
            if (!reply.isPositive() && (outcome.isPositive() || isUnknownCommand(outcome))) {
                outcome = reply;
            }
        }
        return outcome;
    }

    /** What servers say to a NOOP that they want to hear nothing of now. */
    private static boolean isUnknownCommand(FtpReply reply) {
        return reply.code() >= UNKNOWN_COMMAND && reply.code() <= BAD_SEQUENCE;
    }

    private static boolean isSuccess(FtpReply reply) {
        return reply.code() == CLOSING_DATA_CONNECTION || reply.code() == FILE_ACTION_OK;
    }

    @Override
    void failed(Throwable cause) {
        if (!over) {
            end();
            listener.lost(cause);
        }
    }

    @Override
    boolean isTimed() {
        return expected;
    }
}
