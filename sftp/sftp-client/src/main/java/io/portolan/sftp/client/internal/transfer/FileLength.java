package io.portolan.sftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.WriteRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Gives files that end in zeros their length, by their last octet: to set the length (FSETSTAT) does not do, as Apache MINA SSHD says that it has done so, and makes no file longer. On the event loop.
 */
final class FileLength {

    private FileLength() {}

    /**
     * Makes an open file longer, with zeros.
     *
     * @param length more than the file has, 1 or more
     * @param what for messages
     */
    static CompletableFuture<Void> extend(TransferContext context, RemoteHandle to, long length, String what) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        ByteBuf zero = WriteRequest.buffer(context.connection().allocator(), 1);
        zero.setByte(WriteRequest.ROOM, 0);
        context.requests().write(what, to, length - 1, zero, 1, failure -> {
            if (failure == null) {
                answered.complete(null);
            } else {
                answered.completeExceptionally(failure);
            }
        });
        return answered;
    }
}
