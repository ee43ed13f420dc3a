package io.portolan.transfer;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What a publisher gives, taken by a thread that may wait for it. */
record PublisherSource(Flow.Publisher<? extends ByteBuffer> content) implements TransferSource {

    /** Buffers asked for in advance: the publisher fills some while one is sent. */
    static final int WINDOW = 4;

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        Offsets.requireBeginning(offset, "what a publisher gives");
        Open open = new Open();
        content.subscribe(open);
        return open;
    }

    /** What the publisher tells, in its order. */
    private sealed interface Signal {
        record Next(ByteBuffer octets) implements Signal {}

        record Failed(Throwable cause) implements Signal {}

        record Ended() implements Signal {}
    }

    private static final class Open implements Flow.Subscriber<ByteBuffer>, ReadableFile {

        private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private Flow.@Nullable Subscription subscription;
        private boolean closed;
        private @Nullable Signal current;

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            boolean unwanted;
            synchronized (this) {
                unwanted = closed || subscription != null;
                if (!unwanted) {
                    subscription = newSubscription;
                }
            }
            if (unwanted) {
                newSubscription.cancel();
            } else {
                newSubscription.request(WINDOW);
            }
        }

        @Override
        public void onNext(ByteBuffer octets) {
            signals.add(new Signal.Next(octets));
        }

        @Override
        public void onError(Throwable cause) {
            signals.add(new Signal.Failed(Objects.requireNonNull(cause, "cause")));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.Ended());
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            while (true) {
                Signal signal = current();
                if (signal instanceof Signal.Ended) {
                    return -1;
                }
                if (signal instanceof Signal.Failed failed) {
                    throw new IOException(
                            "the publisher has failed: " + failed.cause().getMessage(), failed.cause());
                }
                ByteBuffer octets = ((Signal.Next) signal).octets();
                int count = Math.min(octets.remaining(), target.remaining());
                target.put(target.position(), octets, octets.position(), count);
                target.position(target.position() + count);
                octets.position(octets.position() + count);
                if (!octets.hasRemaining()) {
                    current = null;
                    askForMore();
                }
                if (count > 0) {
                    return count;
                }
            }
        }

        private Signal current() throws IOException {
            Signal signal = current;
            if (signal == null) {
                try {
                    signal = signals.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while the publisher was waited for");
                }
                current = signal;
            }
            return signal;
        }

        private void askForMore() {
            Flow.Subscription asked;
            synchronized (this) {
                asked = subscription;
            }
            if (asked != null) {
                asked.request(1);
            }
        }

        @Override
        public void close() {
            Flow.Subscription cancelled;
            synchronized (this) {
                closed = true;
                cancelled = subscription;
            }
            if (cancelled != null) {
                cancelled.cancel();
            }
            // wakes a reader, if there is one on another thread
            signals.add(new Signal.Failed(new IOException("closed")));
        }
    }
}
