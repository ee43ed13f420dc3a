package io.portolan.ftps.servers;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** A file whose disk hangs with its first octets, until it is let go. */
record StuckFile(CountDownLatch begun, CountDownLatch goOn) implements WritableFile {

    @Override
    public void write(ByteBuffer source) throws IOException {
        source.position(source.limit());
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void commit() {
        // nothing of it is kept
    }

    @Override
    public void close() {
        // nothing of it is kept
    }
}
