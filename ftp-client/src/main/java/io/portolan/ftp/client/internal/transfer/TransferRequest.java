package io.portolan.ftp.client.internal.transfer;

import io.portolan.ftp.TransferType;
import io.portolan.transfer.TransferProgress;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it is asked for.
 *
 * @param verb RETR, STOR, MLSD and their like
 * @param argument the path, or nothing
 * @param restart what REST is told; 0 for none
 * @param type how the octets are to be represented
 * @param content what is moved
 * @param size how long the whole file is known to be; if it is not, the server is asked, if {@code asksSize}
 * @param asksSize whether to ask for the size before
 * @param throttle the rate limits
 * @param progress whom to tell
 * @param check what has to succeed before what has come is committed, or null
 */
public record TransferRequest(
        String verb,
        String argument,
        long restart,
        TransferType type,
        Content content,
        OptionalLong size,
        boolean asksSize,
        Throttle throttle,
        TransferProgress progress,
        @Nullable Check check) {

    /** Looks at a transfer that has succeeded as far as the server is concerned. */
    @FunctionalInterface
    public interface Check {

        /** On the event loop, when commands may be sent again. */
        CompletableFuture<?> check(TransferOutcome outcome);
    }

    boolean isIncoming() {
        return content instanceof Content.Incoming;
    }

    String shown() {
        return argument.isEmpty() ? verb : verb + " " + argument;
    }
}
