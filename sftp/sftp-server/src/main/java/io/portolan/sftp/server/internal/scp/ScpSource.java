package io.portolan.sftp.server.internal.scp;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.session.TransferInfo.Direction;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** {@code scp -f}: we send files. Directories are pulled in batches; of those behind symbolic links nothing is sent, so that a link upwards has no end. */
final class ScpSource extends ScpCopy {

    /** Entries of a directory that are looked at in one go. */
    private static final int BATCH = 64;

    /** The most octets of a name, beside which there must be room for a few numbers. */
    private static final int MAX_NAME = MAX_LINE - 64;

    private static final int PERMISSIONS = 0777;
    private static final int USUAL_FILE = 0644;
    private static final int USUAL_DIRECTORY = 0755;

    /** What is done when the client's answer has come. */
    private enum Next {
        /** The first thing, the next one of the directory, or the directory's end. */
        ITEM,
        HEADER,
        /** The content, or the entries. */
        INSIDE
    }

    /** What the client's answer is. */
    private enum Answer {
        OCTET,
        COMPLAINT,
        NONE
    }

    private record Directory(VirtualPath path, EntryStream entries, Deque<DirectoryEntry> batch) {}

    /** What is being sent: an open file or directory. */
    private record Item(VirtualPath path, String name, FileInfo info, Closeable opened) {}

    private final ScpCommand command;
    private final ScpFiles files;
    private final Deque<Directory> directories = new ArrayDeque<>();
    private boolean begun;
    private Answer answer = Answer.OCTET;
    private Next next = Next.ITEM;
    private boolean complaintIsFatal;
    private @Nullable Item item;
    private @Nullable ScpTransfer log;
    private @Nullable Exception failure;
    private long remaining;

    ScpSource(ScpCommand command, ScpFiles files) {
        this.command = command;
        this.files = files;
    }

    @Override
    boolean step(ByteBuffer in, ByteBuffer out) {
        try {
            return switch (answer) {
                case OCTET -> octet(in);
                case COMPLAINT -> complaint(in);
                case NONE -> proceed(out);
            };
        } catch (ScpException e) {
            fatal(out, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean octet(ByteBuffer in) throws ScpException {
        if (!in.hasRemaining()) {
            return false;
        }
        byte octet = in.get();
        switch (octet) {
            case OK -> answer = Answer.NONE;
            case ERROR, FATAL -> {
                complaintIsFatal = octet == FATAL;
                answer = Answer.COMPLAINT;
            }
            default -> throw new ScpException("protocol error: unexpected answer");
        }
        return true;
    }

    private boolean complaint(ByteBuffer in) throws ScpException {
        if (readLine(in) == null) {
            return false;
        }
        fail();
        closeItem(new IOException("the client does not take it"));
        if (complaintIsFatal) {
            end();
            return false;
        }
        next = Next.ITEM;
        answer = Answer.NONE;
        return true;
    }

    private void await(Next then) {
        next = then;
        answer = Answer.OCTET;
    }

    private boolean proceed(ByteBuffer out) throws ScpException {
        switch (next) {
            case ITEM -> nextItem(out);
            case HEADER -> header(present(), out);
            case INSIDE -> inside(present(), out);
        }
        return !isEnded();
    }

    private Item present() {
        Item present = item;
        if (present == null) {
            throw new IllegalStateException("nothing is being sent");
        }
        return present;
    }

    private void nextItem(ByteBuffer out) throws ScpException {
        if (!begun) {
            begun = true;
            VirtualPath path = files.resolve(command.path());
            if (path.isRoot()) {
                // It has no name by which a client could call what it gets.
                throw new ScpException("the root itself cannot be copied");
            }
            begin(path, path.name(), out);
            return;
        }
        Directory directory = directories.peek();
        if (directory == null) {
            end();
            return;
        }
        try {
            if (directory.batch().isEmpty()) {
                directory.batch().addAll(directory.entries().next(BATCH));
            }
        } catch (IOException | RuntimeException e) {
            error(out, ScpText.of(directory.path().name(), e));
        }
        DirectoryEntry entry = directory.batch().poll();
        if (entry == null) {
            directories.pop();
            close(directory.entries());
            out.put("E\n".getBytes(StandardCharsets.US_ASCII));
            await(Next.ITEM);
        } else {
            begin(directory.path(), entry, out);
        }
    }

    private void begin(VirtualPath directory, DirectoryEntry entry, ByteBuffer out) {
        try {
            VirtualPath path = ScpFiles.child(directory, entry.name());
            if (entry.info().type() == FileType.SYMBOLIC_LINK
                    && files.files().stat(path, LinkHandling.FOLLOW).isDirectory()) {
                error(out, entry.name() + ": a link to a directory is not followed");
                return;
            }
            begin(path, entry.name(), out);
        } catch (IOException | RuntimeException e) {
            error(out, ScpText.of(entry.name(), e));
        }
    }

    private void begin(VirtualPath path, String name, ByteBuffer out) {
        try {
            if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
                throw new ScpException("the name is too long");
            }
            FileInfo info = files.files().stat(path, LinkHandling.FOLLOW);
            if (info.isDirectory()) {
                beginDirectory(path, name, info);
            } else {
                item = new Item(path, name, info, files.files().openRead(path, 0));
            }
        } catch (IOException | RuntimeException e) {
            error(out, ScpText.of(name, e));
            return;
        }
        times(present(), out);
    }

    private void beginDirectory(VirtualPath path, String name, FileInfo info) throws IOException {
        if (!command.recursive()) {
            throw new ScpException("not a regular file");
        }
        if (directories.size() >= MAX_DEPTH) {
            throw new ScpException("directories are nested too deeply");
        }
        item = new Item(path, name, info, files.files().list(path));
    }

    private void times(Item of, ByteBuffer out) {
        if (!command.preserve()) {
            header(of, out);
            return;
        }
        long modified = Math.max(0, of.info().modified().getEpochSecond());
        long accessed =
                Math.max(0, of.info().accessed().orElse(of.info().modified()).getEpochSecond());
        out.put(("T" + modified + " 0 " + accessed + " 0\n").getBytes(StandardCharsets.US_ASCII));
        await(Next.HEADER);
    }

    private void header(Item of, ByteBuffer out) {
        boolean directory = of.info().isDirectory();
        int permissions = of.info().permissionBits().orElse(directory ? USUAL_DIRECTORY : USUAL_FILE) & PERMISSIONS;
        long size = directory ? 0 : of.info().size();
        String octal = Integer.toOctalString(01_0000 | permissions).substring(1);
        out.put(((directory ? "D" : "C") + octal + " " + size + " " + of.name() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        remaining = size;
        failure = null;
        await(Next.INSIDE);
    }

    private void inside(Item of, ByteBuffer out) {
        if (of.opened() instanceof EntryStream entries) {
            directories.push(new Directory(of.path(), entries, new ArrayDeque<>()));
            item = null;
            next = Next.ITEM;
        } else if (of.opened() instanceof ReadableFile file) {
            content(of, file, out);
        }
    }

    private void content(Item of, ReadableFile file, ByteBuffer out) {
        ScpTransfer transfer = log;
        if (transfer == null) {
            transfer = new ScpTransfer(files.events(), Direction.DOWNLOAD, of.path());
            log = transfer;
        }
        if (remaining > 0) {
            read(file, transfer, out);
        }
        if (remaining > 0 || out.remaining() < MAX_ANSWER) {
            return;
        }
        Exception cause = failure;
        if (cause == null) {
            out.put(OK);
        } else {
            error(out, ScpText.of(of.name(), cause));
        }
        closeItem(cause);
        await(Next.ITEM);
    }

    private void read(ReadableFile file, ScpTransfer transfer, ByteBuffer out) {
        int room = (int) Math.min(remaining, out.remaining());
        ByteBuffer part = out.slice(out.position(), room);
        if (failure == null) {
            try {
                while (part.hasRemaining()) {
                    if (file.read(part) < 0) {
                        throw new ScpException("the file has become shorter");
                    }
                }
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            if (part.position() > 0) {
                transfer.moved(part.position());
            }
            addMoved(part.position());
        }
        // What was announced is sent whatever happens, and the client told behind it that it is wrong.
        while (part.hasRemaining()) {
            part.put((byte) 0);
        }
        out.position(out.position() + room);
        remaining -= room;
    }

    private void closeItem(@Nullable Exception cause) {
        Item closed = item;
        ScpTransfer transfer = log;
        item = null;
        log = null;
        if (closed != null) {
            close(closed.opened());
        }
        if (transfer == null) {
            return;
        }
        if (cause == null) {
            transfer.completed();
        } else {
            transfer.aborted(cause);
        }
    }

    private static void close(Closeable opened) {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            ScpProgram.LOGGER.debug("Could not close what was read", e);
        }
    }

    @Override
    void inputEnded(ByteBuffer out) {
        // The client has to answer each thing that it gets.
        fail();
        end();
    }

    @Override
    void progressed() {
        ScpTransfer present = log;
        if (present != null) {
            present.progressed();
        }
    }

    @Override
    void close() {
        closeItem(new IOException("the channel was closed"));
        directories.forEach(directory -> close(directory.entries()));
        directories.clear();
    }
}
