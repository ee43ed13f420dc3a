package io.portolan.ftp.client.internal.control;

import io.portolan.ftp.FtpReply;
import java.util.concurrent.CompletableFuture;

/** One command and the one reply to it; those that say that it takes a while are passed over. */
final class CommandExchange extends Exchange {

    private final CompletableFuture<FtpReply> reply = new CompletableFuture<>();
    private final long patienceNanos;

    CommandExchange(String shown, long patienceNanos) {
        super(shown);
        this.patienceNanos = patienceNanos;
    }

    @Override
    long patienceNanos() {
        return patienceNanos;
    }

    CompletableFuture<FtpReply> reply() {
        return reply;
    }

    @Override
    boolean replied(FtpReply next) {
        if (next.isPreliminary()) {
            return false;
        }
        reply.complete(next);
        return true;
    }

    @Override
    void failed(Throwable cause) {
        reply.completeExceptionally(cause);
    }

    @Override
    boolean isTimed() {
        return true;
    }
}
