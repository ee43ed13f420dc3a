package io.portolan.ftp.server.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Received bytes on their way to the file. The buffers stay with the event loop, which releases them; the lane sees views of them only.
 */
final class Batch {

    private final List<ByteBuf> buffers;
    private final ByteBuffer[] views;
    private final int length;

    /** Takes the buffers over. Event loop. */
    Batch(List<ByteBuf> buffers) {
        this.buffers = buffers;
        this.views = new ByteBuffer[buffers.size()];
        int sum = 0;
        for (int i = 0; i < views.length; i++) {
            ByteBuf buffer = buffers.get(i);
            views[i] = buffer.nioBuffer();
            sum += buffer.readableBytes();
        }
        length = sum;
    }

    /** Writes all of it. Lane. */
    void writeTo(WritableFile file) throws IOException {
        for (ByteBuffer view : views) {
            file.write(view);
        }
    }

    int length() {
        return length;
    }

    int buffers() {
        return views.length;
    }

    /** Event loop, once, when the lane is done with it. */
    void release() {
        buffers.forEach(ByteBuf::release);
    }
}
