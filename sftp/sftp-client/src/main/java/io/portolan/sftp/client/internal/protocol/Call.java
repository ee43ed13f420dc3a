package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request with one reply, which is a result or a STATUS.
 *
 * @param <T> the result
 */
final class Call<T> extends SftpRequest {

    /** Makes the result of a reply's fields. */
    @FunctionalInterface
    interface Decoder<T> {
        @Nullable
        T decode(SshReader fields) throws SshProtocolException;
    }

    private final String what;
    private final SftpMessageNumber expected;
    private final Decoder<T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /**
     * @param what the request, for messages
     * @param expected what answers it; STATUS for nothing but OK
     */
    Call(String what, SftpMessageNumber expected, Decoder<T> decoder, boolean isLong) {
        super(isLong);
        this.what = what;
        this.expected = expected;
        this.decoder = decoder;
    }

    CompletableFuture<T> result() {
        return result;
    }

    @Override
    protected void replied(SftpMessageNumber message, ByteBuf fields) throws SshProtocolException {
        if (message == SftpMessageNumber.STATUS) {
            StatusReply status = StatusReply.read(fields);
            if (!status.is(SftpStatus.OK)) {
                result.completeExceptionally(status.failure(what));
                return;
            }
        }
        if (message != expected) {
            throw SshProtocolException.malformed(message + " in answer to " + what);
        }
        result.complete(decoder.decode(SshReader.of(fields)));
    }

    @Override
    protected void failed(SftpException cause) {
        result.completeExceptionally(cause);
    }
}
