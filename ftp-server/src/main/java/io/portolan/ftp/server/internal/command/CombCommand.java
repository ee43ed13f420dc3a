package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.LongTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * COMB, which no RFC has: {@code COMB target part…} puts files one behind the other, behind what the target holds already, and deletes the parts. Clients upload
 * a large file in parts at a time and join them so. The target shows the old content until the new one is whole.
 */
final class CombCommand implements FtpCommand {

    /** More parts than clients cut files into. */
    static final int MAX_PARTS = 256;

    /** Copied in one step. */
    private static final int SLICE = 8 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    @Override
    public void run(CommandContext context, String argument) {
        List<VirtualPath> paths =
                Arguments.words(argument).stream().map(context::path).toList();
        if (paths.size() < 2 || paths.size() > MAX_PARTS + 1) {
            throw new FtpSyntaxException("COMB takes a target and 1 to " + MAX_PARTS + " parts");
        }
        if (Set.copyOf(paths).size() < paths.size()) {
            throw new FtpSyntaxException("a path is there twice");
        }
        LongTask.start(context, paths.get(0), new Join(context, paths.get(0), paths.subList(1, paths.size())));
    }

    /** Copies, publishes, deletes. */
    private static final class Join implements LongTask.Steps {
        private final CommandContext context;
        private final VirtualPath target;
        private final List<VirtualPath> parts;
        private final Deque<VirtualPath> left = new ArrayDeque<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private @Nullable WritableFile out;
        private @Nullable ReadableFile in;

        Join(CommandContext context, VirtualPath target, List<VirtualPath> parts) {
            this.context = context;
            this.target = target;
            this.parts = parts;
        }

        @Override
        public Optional<FtpReply> next(VirtualFileSystem files) throws IOException {
            WritableFile sink = out;
            if (sink == null) {
                sink = begin(files);
                out = sink;
            }
            for (int done = 0; done < SLICE; ) {
                ReadableFile source = in;
                if (source == null) {
                    VirtualPath path = left.poll();
                    if (path == null) {
                        sink.commit();
                        return Optional.of(deleteParts(files));
                    }
                    source = files.openRead(path, 0);
                    in = source;
                }
                buffer.clear();
                int read = source.read(buffer);
                if (read < 0) {
                    in = null;
                    source.close();
                } else {
                    buffer.flip();
                    sink.write(buffer);
                    done += read;
                }
            }
            return Optional.empty();
        }

        /** All parts must be there before anything is written. */
        private WritableFile begin(VirtualFileSystem files) throws IOException {
            for (VirtualPath part : parts) {
                if (!files.stat(part, LinkHandling.FOLLOW).isFile()) {
                    throw new NotAFileException(part);
                }
            }
            try {
                files.stat(target, LinkHandling.FOLLOW);
                left.add(target);
            } catch (NoSuchFileException e) {
                // a new file, then
            }
            left.addAll(parts);
            return files.openWrite(target, WriteMode.REPLACE);
        }

        private FtpReply deleteParts(VirtualFileSystem files) throws IOException {
            for (VirtualPath part : parts) {
                files.delete(part);
                context.session().events().deleted(part);
            }
            return FtpReply.of(FtpReplyCode.FILE_ACTION_OK, parts.size() + " parts are one file now.");
        }

        @Override
        public void close() throws IOException {
            try {
                if (in != null) {
                    in.close();
                }
            } finally {
                if (out != null) {
                    out.close();
                }
            }
        }
    }
}
