package io.portolan.ftp.server.internal.command;

import io.portolan.fs.Digests;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.server.internal.session.LongTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hash of a file or of a part of it, a slice at a time; what the store knows by itself is not computed. */
final class FileHash implements LongTask.Steps {

    /** Read in one step: tens of milliseconds of the slowest hash, so that ABOR is heard soon. */
    static final int SLICE = 8 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    /** Makes the reply. */
    @FunctionalInterface
    interface Formatter {
        FtpReply reply(Result result);
    }

    /**
     * What was computed.
     *
     * @param path the file
     * @param first the first byte
     * @param count how many bytes there were
     * @param hex the hash, in lower-case hexadecimal
     */
    record Result(VirtualPath path, long first, long count, String hex) {}

    /** Says which part of which file is meant, after a look at the files. */
    @FunctionalInterface
    interface Finder {
        Part find(VirtualFileSystem files) throws IOException;
    }

    /**
     * A part of a file.
     *
     * @param path the file
     * @param first its first byte
     * @param length how many bytes at most; {@link Long#MAX_VALUE} to the end
     */
    record Part(VirtualPath path, long first, long length) {
        boolean isWhole() {
            return first == 0 && length == Long.MAX_VALUE;
        }
    }

    private final HashAlgorithm algorithm;
    private final Finder finder;
    private final Formatter formatter;
    private final HashAlgorithm.Computation computation;
    private @Nullable Part part;
    private @Nullable ReadableFile file;
    private @Nullable ByteBuffer buffer;
    private long count;

    FileHash(HashAlgorithm algorithm, Finder finder, Formatter formatter) {
        this.algorithm = algorithm;
        this.finder = finder;
        this.formatter = formatter;
        this.computation = algorithm.begin();
    }

    @Override
    public Optional<FtpReply> next(VirtualFileSystem files) throws IOException {
        Part asked = part;
        ReadableFile open = file;
        ByteBuffer into = buffer;
        if (asked == null || open == null || into == null) {
            asked = finder.find(files);
            Optional<FtpReply> known = known(files, asked);
            if (known.isPresent()) {
                return known;
            }
            part = asked;
            open = files.openRead(asked.path(), asked.first());
            file = open;
            into = ByteBuffer.allocate(BUFFER);
            buffer = into;
        }
        for (int done = 0; done < SLICE; ) {
            into.clear();
            into.limit((int) Math.min(into.capacity(), asked.length() - count));
            int read = into.hasRemaining() ? open.read(into) : -1;
            if (read < 0) {
                return Optional.of(formatter.reply(new Result(
                        asked.path(), asked.first(), count, HexFormat.of().formatHex(computation.result()))));
            }
            into.flip();
            computation.update(into);
            count += read;
            done += read;
        }
        return Optional.empty();
    }

    private Optional<FtpReply> known(VirtualFileSystem files, Part asked) throws IOException {
        Optional<Digests> digests = asked.isWhole() ? files.capability(Digests.class) : Optional.empty();
        if (digests.isEmpty()) {
            return Optional.empty();
        }
        FileInfo info = files.stat(asked.path(), LinkHandling.FOLLOW);
        Optional<byte[]> hash = digests.get().digest(asked.path(), algorithm.ftpName());
        return hash.filter(bytes -> bytes.length * 2 == algorithm.hexDigits())
                .map(bytes -> formatter.reply(
                        new Result(asked.path(), 0, info.size(), HexFormat.of().formatHex(bytes))));
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
