package io.portolan.ftp.server.internal.command;

import io.portolan.fs.FileInfo;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * COMB, which no RFC has: {@code COMB target part…} puts files one behind the other, behind what the target holds already, and deletes the parts. Clients upload
 * a large file in parts at a time and join them so. The target shows the old content until the new one is whole.
 */
final class CombCommand implements FtpCommand {

    private static final Logger LOG = LoggerFactory.getLogger(CombCommand.class);

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
            throw twice();
        }
        LongTask.start(context, paths.get(0), new Join(context, paths.get(0), paths.subList(1, paths.size())));
    }

    private static FtpSyntaxException twice() {
        return new FtpSyntaxException("a file is there twice");
    }

    /** Copies, publishes, deletes. */
    private static final class Join implements LongTask.Steps {
        private final CommandContext context;
        private final VirtualPath target;
        private final List<VirtualPath> parts;
        private final Deque<VirtualPath> left = new ArrayDeque<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private boolean copied;
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
            if (copied) {
                sink.commit();
                return Optional.of(deleteParts(files));
            }
            for (int done = 0; done < SLICE; ) {
                ReadableFile source = in;
                if (source == null) {
                    VirtualPath path = left.poll();
                    if (path == null) {
                        copied = true;
                        return Optional.empty();
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

        @Override
        public boolean commitsNext() {
            return copied;
        }

        /**
         * All parts must be there before anything is written, and be different files: where two names mean one (links to directories, stores without upper and lower case),
         * deleting a part would delete the target.
         */
        private WritableFile begin(VirtualFileSystem files) throws IOException {
            Set<FileInfo> seen = new HashSet<>();
            for (VirtualPath part : parts) {
                FileInfo info = files.stat(part, LinkHandling.FOLLOW);
                if (!info.isFile()) {
                    throw new NotAFileException(part);
                }
                requireNew(info, seen);
            }
            try {
                requireNew(files.stat(target, LinkHandling.FOLLOW), seen);
                left.add(target);
            } catch (NoSuchFileException e) {
                // a new file, then
            }
            left.addAll(parts);
            return files.openWrite(target, WriteMode.REPLACE);
        }

        private static void requireNew(FileInfo info, Set<FileInfo> seen) {
            if (info.uniqueId().isPresent() && !seen.add(info)) {
                throw twice();
            }
        }

        /** The target is published by now, so that a part that stays is no failure: a client that was told of one would join all once more. */
        private FtpReply deleteParts(VirtualFileSystem files) {
            int stayed = 0;
            for (VirtualPath part : parts) {
                try {
                    files.delete(part);
                    context.session().events().deleted(part);
                } catch (IOException e) {
                    stayed++;
                    LOG.warn("COMB has joined {} to {}, and cannot delete it", part, target, e);
                }
            }
            String joined = parts.size() + " parts are one file now.";
            return FtpReply.of(
                    FtpReplyCode.FILE_ACTION_OK,
                    stayed == 0 ? joined : joined + " " + stayed + " of them could not be deleted.");
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
