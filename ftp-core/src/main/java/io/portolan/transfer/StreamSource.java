package io.portolan.transfer;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A stream, or one anew for each attempt. */
final class StreamSource implements TransferSource {

    private final Callable<? extends InputStream> opener;
    private final boolean repeatable;

    private StreamSource(Callable<? extends InputStream> opener, boolean repeatable) {
        this.opener = Objects.requireNonNull(opener, "opener");
        this.repeatable = repeatable;
    }

    static StreamSource once(InputStream content) {
        AtomicReference<@Nullable InputStream> left = new AtomicReference<>(Objects.requireNonNull(content, "content"));
        return new StreamSource(
                () -> {
                    InputStream stream = left.getAndSet(null);
                    if (stream == null) {
                        throw new IOException("the stream has been read already");
                    }
                    return stream;
                },
                false);
    }

    static StreamSource repeatable(Callable<? extends InputStream> opener) {
        return new StreamSource(opener, true);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isRepeatable() {
        return repeatable;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        InputStream stream = stream();
        try {
            stream.skipNBytes(offset);
            return ReadableFile.of(stream);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private InputStream stream() throws IOException {
        try {
            return opener.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the stream cannot be opened: " + e.getMessage(), e);
        }
    }
}
