package io.portolan.transfer;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A file of any provider. */
record PathSource(Path file) implements TransferSource {

    PathSource {
        Objects.requireNonNull(file, "file");
    }

    @Override
    public OptionalLong size() throws IOException {
        return OptionalLong.of(Files.size(file));
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ);
        try {
            if (offset > 0) {
                Offsets.check(offset, channel.size());
                channel.position(offset);
            }
            return new Open(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private record Open(SeekableByteChannel channel) implements ReadableFile {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public Optional<FileChannel> fileChannel() {
            return channel instanceof FileChannel file ? Optional.of(file) : Optional.empty();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
