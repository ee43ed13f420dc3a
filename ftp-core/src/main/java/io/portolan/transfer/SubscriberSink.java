package io.portolan.transfer;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A subscriber, for which a worker waits until it asks for more. */
final class SubscriberSink implements TransferSink {

    private final Flow.Subscriber<? super ByteBuffer> target;
    private final AtomicBoolean used = new AtomicBoolean();

    SubscriberSink(Flow.Subscriber<? super ByteBuffer> target) {
        this.target = target;
    }

    @Override
    public WritableFile open(long offset) throws IOException {
        Offsets.requireBeginning(offset, "a download to a subscriber");
        if (!used.compareAndSet(false, true)) {
            throw new IOException("the subscriber has had a download already");
        }
        Open open = new Open();
        target.onSubscribe(open);
        return open;
    }

    private final class Open implements WritableFile, Flow.Subscription {
        private long demand;
        private boolean cancelled;
        private boolean badDemand;
        private boolean told;

        @Override
        public synchronized void request(long count) {
            if (count <= 0) {
                badDemand = true;
            } else {
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            }
            notifyAll();
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            notifyAll();
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            awaitDemand();
            ByteBuffer octets = ByteBuffer.allocate(source.remaining());
            octets.put(source).flip();
            target.onNext(octets.asReadOnlyBuffer());
        }

        private synchronized void awaitDemand() throws IOException {
            try {
                while (demand == 0 && !cancelled && !badDemand) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the subscriber was waited for");
            }
            if (cancelled) {
                throw new IOException("the subscriber has cancelled");
            }
            if (badDemand) {
                throw new IOException("the subscriber has asked for less than one buffer");
            }
            demand--;
        }

        @Override
        public void commit() {
            if (tell()) {
                target.onComplete();
            }
        }

        @Override
        public void close() {
            if (tell()) {
                target.onError(new IOException("the download has failed"));
            }
        }

        private synchronized boolean tell() {
            boolean first = !told;
            told = true;
            return first && !cancelled;
        }
    }
}
