package io.portolan.sftp.client.internal.transfer;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import java.util.concurrent.Executor;

/**
 * What the transfers of a session share.
 *
 * @param connection where requests go
 * @param requests how
 * @param checksums of files there
 * @param workers where sources are read and sinks are written
 * @param live those that have not ended
 * @param slots how many transfers there are at a time
 * @param budget how much they hold
 * @param memory how much one of them may have under way
 * @param rateLimit that of the client
 */
public record TransferContext(
        SftpConnection connection,
        SftpRequests requests,
        Checksums checksums,
        Executor workers,
        LiveTransfers live,
        TransferSlots slots,
        MemoryBudget budget,
        long memory,
        RateLimit rateLimit) {

    EventExecutor loop() {
        return connection.eventLoop();
    }
}
