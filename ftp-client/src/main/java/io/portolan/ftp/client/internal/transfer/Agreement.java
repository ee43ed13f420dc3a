package io.portolan.ftp.client.internal.transfer;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.data.DataConnector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What has to be settled with the server before the command of a transfer: the representation, the size, PRET, and where the data connection is to be. An answer to none of these leaves anything behind, so a transfer may end
 * meanwhile; but what comes next has to wait until all answers are here, and nothing may be sent into it. Event loop only.
 */
final class Agreement {

    private final TransferHost host;
    private final TransferRequest request;
    private final ControlConnection control;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private long expected = -1;
    private boolean unwanted;

    Agreement(TransferHost host, TransferRequest request) {
        this.host = host;
        this.request = request;
        this.control = host.control();
    }

    /** Settles it; to be called once. */
    CompletableFuture<DataConnector.Offer> reach() {
        CompletableFuture<DataConnector.Offer> reached = host.isPipelining() ? atOnce() : oneByOne();
        return reached.whenComplete((offer, failure) -> over.complete(null));
    }

    /** Nothing is sent any more, and nothing connected to; the answers to what was sent are still awaited. */
    void giveUp() {
        unwanted = true;
        host.connector().giveUp();
    }

    /** Completes when nothing is to come any more, whatever has become of it. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** How many octets the server will send, once that is settled; -1 if it does not tell. */
    long expected() {
        return expected;
    }

    private CompletableFuture<DataConnector.Offer> oneByOne() {
        return step(() -> host.type(request.type()))
                .thenCompose(typed -> step(this::learnSize))
                .thenCompose(sized -> step(this::announce))
                .thenCompose(announced -> step(() -> host.connector().prepare()));
    }

    /** What was written does not wait for what comes next. */
    private <T> CompletableFuture<T> step(Supplier<CompletableFuture<T>> next) {
        if (unwanted) {
            return CompletableFuture.failedFuture(new FtpCancelledException(request.shown() + ": cancelled", null));
        }
        CompletableFuture<T> answer = next.get();
        control.flush();
        return answer;
    }

    private CompletableFuture<DataConnector.Offer> atOnce() {
        CompletableFuture<Void> typed = host.type(request.type());
        CompletableFuture<Void> sized = learnSize();
        CompletableFuture<Void> announced = announce();
        CompletableFuture<DataConnector.Offer> offered = host.connector().prepare();
        control.flush();
        CompletableFuture<Void> settled = CompletableFuture.allOf(typed, sized, announced);
        return offered.handle((offer, refused) -> settled.handle((nothing, failed) -> {
                    // the first that was asked for is the one that tells most
                    Throwable cause = failed == null ? refused : failed;
                    if (cause == null) {
                        return offer;
                    }
                    if (refused == null) {
                        offer.abandon();
                    }
                    throw new CompletionException(Futures.unwrap(cause));
                }))
                .thenCompose(next -> next);
    }

    /** SIZE (RFC 3659, section 4). Whoever does not tell one has none to be compared with. */
    private CompletableFuture<Void> learnSize() {
        if (request.size().isPresent()) {
            return restartsWithin(request.size().getAsLong());
        }
        if (!request.asksSize() || !host.has("SIZE")) {
            return CompletableFuture.completedFuture(null);
        }
        return control.write("SIZE", request.argument()).thenCompose(reply -> {
            long size = reply.code() == FtpReplyCode.FILE_STATUS.value()
                    ? octets(reply.lines().get(0))
                    : -1;
            return size < 0 ? CompletableFuture.completedFuture(null) : restartsWithin(size);
        });
    }

    /** Behind its end many a server would send nothing, and say that all is well. */
    private CompletableFuture<Void> restartsWithin(long size) {
        long start = request.restart();
        if (start > size) {
            return CompletableFuture.failedFuture(new FtpException(
                    request.shown() + ": is to go on behind " + start + " octets, but the file has only " + size
                            + ". What is here of it is not of this file; begin anew",
                    null,
                    false));
        }
        expected = size - start;
        return CompletableFuture.completedFuture(null);
    }

    private static long octets(String text) {
        try {
            return Long.parseUnsignedLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** PRET: distributed servers have to know what comes before they can say where to connect to. */
    private CompletableFuture<Void> announce() {
        if (!host.has("PRET")) {
            return CompletableFuture.completedFuture(null);
        }
        String command = request.argument().isEmpty() ? request.verb() : request.verb() + " " + request.argument();
        return control.write("PRET", command).thenAccept(reply -> {
            if (!reply.isPositive()) {
                throw new CompletionException(new FtpReplyException("PRET " + command, reply));
            }
        });
    }
}
