package io.portolan.sftp.server.internal.scp;

import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.session.TransferInfo.Direction;
import io.portolan.sftp.server.internal.scp.ScpText.Header;
import io.portolan.sftp.server.internal.scp.ScpText.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** {@code scp -t}: the client sends files. Each counts only once all its octets and the client's word that they are right have come. */
final class ScpSink extends ScpCopy {

    /** What comes next from the client. */
    private enum Expect {
        START,
        LINE,
        CONTENT,
        /** The octet behind the content: whether the client could read it all. */
        VERDICT,
        /** The line behind a verdict that is bad. */
        COMPLAINT
    }

    /**
     * A directory that is being filled.
     *
     * @param target a directory, or what the first thing that comes is to be called
     */
    private record Level(
            VirtualPath target,
            boolean isDirectory,
            int permissionBits,
            @Nullable Times times,
            boolean made) {}

    private final ScpCommand command;
    private final ScpFiles files;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Expect expect = Expect.START;
    private @Nullable Times times;
    private @Nullable Upload upload;
    private byte verdict;
    private long remaining;

    ScpSink(ScpCommand command, ScpFiles files) {
        this.command = command;
        this.files = files;
    }

    /** The file that is being received. */
    private static final class Upload {
        private final VirtualPath path;
        private final Header header;
        private final @Nullable Times times;
        private final WritableFile file;
        private final ScpTransfer log;
        private final boolean isNew;
        private @Nullable Exception failure;

        Upload(
                VirtualPath path,
                Header header,
                @Nullable Times times,
                WritableFile file,
                ScpTransfer log,
                boolean isNew) {
            this.path = path;
            this.header = header;
            this.times = times;
            this.file = file;
            this.log = log;
            this.isNew = isNew;
        }
    }

    @Override
    boolean step(ByteBuffer in, ByteBuffer out) {
        try {
            return switch (expect) {
                case START -> start(out);
                case LINE -> line(in, out);
                case CONTENT -> content(in);
                case VERDICT -> verdict(in, out);
                case COMPLAINT -> complaint(in, out);
            };
        } catch (ScpException e) {
            fatal(out, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean start(ByteBuffer out) throws ScpException {
        VirtualPath target = files.resolve(command.path());
        boolean isDirectory = false;
        try {
            isDirectory = files.files().stat(target, LinkHandling.FOLLOW).isDirectory();
        } catch (NoSuchFileException e) {
            // then it is a name for what comes
        } catch (IOException | RuntimeException e) {
            throw new ScpException(ScpText.of(command.path(), e));
        }
        if (command.intoDirectory() && !isDirectory) {
            throw new ScpException(command.path() + ": Not a directory");
        }
        levels.push(new Level(target, isDirectory, 0, null, false));
        expect = Expect.LINE;
        out.put(OK);
        return true;
    }

    private boolean line(ByteBuffer in, ByteBuffer out) throws ScpException {
        String line = readLine(in);
        if (line == null) {
            return false;
        }
        char kind = line.isEmpty() ? 0 : line.charAt(0);
        switch (kind) {
            case 'T' -> {
                times = Times.parse(line);
                out.put(OK);
            }
            case 'C' -> file(Header.parse(line), out);
            case 'D' -> directory(Header.parse(line), out);
            case 'E' -> leave(line, out);
            // The client tells of something that it could not send, and goes on.
            case ERROR -> fail();
            case FATAL -> {
                fail();
                end();
            }
            default -> throw new ScpException("protocol error: unexpected line");
        }
        return true;
    }

    private Level level() {
        return levels.element();
    }

    private @Nullable Times takeTimes() {
        Times taken = times;
        times = null;
        return taken;
    }

    private void file(Header header, ByteBuffer out) {
        Times of = takeTimes();
        try {
            VirtualPath path =
                    level().isDirectory() ? ScpFiles.child(level().target(), header.name()) : level().target();
            boolean isNew = !exists(path);
            WritableFile file = files.files().openWrite(path, WriteMode.REPLACE);
            ScpTransfer log = new ScpTransfer(files.events(), Direction.UPLOAD, path);
            upload = new Upload(path, header, of, file, log, isNew);
            remaining = header.size();
            expect = remaining == 0 ? Expect.VERDICT : Expect.CONTENT;
            out.put(OK);
        } catch (IOException | RuntimeException e) {
            error(out, ScpText.of(header.name(), e));
        }
    }

    private boolean exists(VirtualPath path) throws IOException {
        try {
            files.files().stat(path, LinkHandling.FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean content(ByteBuffer in) {
        Upload present = present();
        int count = (int) Math.min(in.remaining(), remaining);
        if (count == 0) {
            return false;
        }
        ByteBuffer part = in.slice(in.position(), count);
        in.position(in.position() + count);
        if (present.failure == null) {
            try {
                present.file.write(part);
                present.log.moved(count);
                addMoved(count);
            } catch (IOException | RuntimeException e) {
                // The client sends all of it whatever happens, and is told behind it.
                present.failure = e;
            }
        }
        remaining -= count;
        if (remaining == 0) {
            expect = Expect.VERDICT;
        }
        return true;
    }

    private Upload present() {
        Upload present = upload;
        if (present == null) {
            throw new IllegalStateException("no file is being received");
        }
        return present;
    }

    private boolean verdict(ByteBuffer in, ByteBuffer out) throws ScpException {
        if (!in.hasRemaining()) {
            return false;
        }
        verdict = in.get();
        switch (verdict) {
            case OK -> {
                expect = Expect.LINE;
                finish(out);
            }
            case ERROR, FATAL -> expect = Expect.COMPLAINT;
            default -> throw new ScpException("protocol error: unexpected octet behind a file");
        }
        return true;
    }

    private boolean complaint(ByteBuffer in, ByteBuffer out) throws ScpException {
        if (readLine(in) == null) {
            return false;
        }
        fail();
        abort(new IOException("the client could not send all of the file"));
        if (verdict == FATAL) {
            end();
        } else {
            expect = Expect.LINE;
            out.put(OK);
        }
        return true;
    }

    private void finish(ByteBuffer out) {
        Upload done = present();
        Exception failure = done.failure;
        if (failure == null) {
            try {
                done.file.commit();
                done.file.close();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            abort(failure);
            error(out, ScpText.of(done.header.name(), failure));
            return;
        }
        upload = null;
        if (done.isNew || command.preserve()) {
            files.setAttributes(done.path, done.header.permissionBits(), command.preserve(), done.times);
        }
        done.log.completed();
        out.put(OK);
    }

    private void directory(Header header, ByteBuffer out) throws ScpException {
        Times of = takeTimes();
        if (!command.recursive()) {
            throw new ScpException("protocol error: a directory without -r");
        }
        if (levels.size() > MAX_DEPTH) {
            throw new ScpException("directories are nested too deeply");
        }
        try {
            VirtualPath path =
                    level().isDirectory() ? ScpFiles.child(level().target(), header.name()) : level().target();
            boolean made = make(path);
            levels.push(new Level(path, true, header.permissionBits(), of, made));
            out.put(OK);
        } catch (IOException | RuntimeException e) {
            error(out, ScpText.of(header.name(), e));
        }
    }

    /** Returns whether it was not there. */
    private boolean make(VirtualPath path) throws IOException {
        try {
            files.files().createDirectory(path);
            files.events().directoryCreated(path);
            return true;
        } catch (FileAlreadyExistsException e) {
            FileInfo present = files.files().stat(path, LinkHandling.FOLLOW);
            if (!present.isDirectory()) {
                throw new NotDirectoryException(path.toString());
            }
            return false;
        }
    }

    private void leave(String line, ByteBuffer out) throws ScpException {
        if (!line.equals("E") || levels.size() == 1) {
            throw new ScpException("protocol error: unexpected end of a directory");
        }
        Level left = levels.pop();
        if (left.made() || command.preserve()) {
            files.setAttributes(left.target(), left.permissionBits(), command.preserve(), left.times());
        }
        out.put(OK);
    }

    @Override
    void inputEnded(ByteBuffer out) {
        if (expect != Expect.LINE || levels.size() > 1) {
            fail();
        }
        end();
    }

    @Override
    void progressed() {
        Upload present = upload;
        if (present != null) {
            present.log.progressed();
        }
    }

    @Override
    void close() {
        abort(new IOException("the channel was closed"));
    }

    private void abort(Exception cause) {
        Upload aborted = upload;
        upload = null;
        if (aborted == null) {
            return;
        }
        try {
            aborted.file.close();
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
        aborted.log.aborted(cause);
    }
}
