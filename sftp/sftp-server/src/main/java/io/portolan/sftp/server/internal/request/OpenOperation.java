package io.portolan.sftp.server.internal.request;

import io.netty.buffer.ByteBufAllocator;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.session.TransferInfo.Direction;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.HandleLocks;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.WorkQueue;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.sftp.server.internal.handle.TransferLog;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a file, whatever the version's OPEN looks like. */
final class OpenOperation extends Operation {

    private static final Logger LOGGER = LoggerFactory.getLogger(OpenOperation.class);

    private final Request request;
    private final SftpChannel channel;
    private final VirtualPath path;
    private final Set<Access> access;
    private final AttributeChange wish;
    private final OpenManner manner;
    private final WorkQueue queue;
    private @Nullable HeadStart start;
    private @Nullable FileHandle opened;

    private OpenOperation(
            Request request,
            SftpChannel channel,
            VirtualPath path,
            Set<Access> access,
            AttributeChange wish,
            OpenManner manner) {
        this.request = request;
        this.channel = channel;
        this.path = path;
        this.access = access;
        this.wish = wish;
        this.manner = manner;
        this.queue = channel.newQueue();
    }

    /**
     * Plans it.
     *
     * @param access what for; {@link Access#checked} must take it
     * @param wish what a new file should have, if the store can
     * @param manner how
     */
    static Plan plan(
            Request request,
            SftpChannel channel,
            VirtualPath path,
            Set<Access> access,
            AttributeChange wish,
            OpenManner manner)
            throws RequestFailure {
        channel.handles().reserve();
        boolean changes = !access.equals(Set.of(Access.READ));
        return new Plan.Work(
                new OpenOperation(request, channel, path, access, wish, manner),
                new Footprint(channel.paths(), List.of(path), changes));
    }

    @Override
    public void prepare(ByteBufAllocator allocator) {
        if (access.equals(Set.of(Access.READ)) && !manner.text()) {
            start = HeadStart.begin(channel);
        }
    }

    @Override
    public void work() throws IOException {
        boolean writes = access.contains(Access.WRITE) || access.contains(Access.APPEND);
        TransferLog transfer = new TransferLog(
                channel.services().events(),
                writes ? Direction.UPLOAD : Direction.DOWNLOAD,
                path,
                channel.loop(),
                channel.services().progressInterval());
        VirtualFileSystem files = channel.services().files();
        boolean there = manner.needsLook() && manner.look(files, path);
        HandleLocks locks = new HandleLocks(channel.services().policy().locks(), files, path);
        FileHandle handle = null;
        try {
            if (there) {
                // before a file is truncated that somebody has locked
                manner.lock(locks);
            }
            handle = FileHandle.open(queue, files, path, access, transfer, locks, manner.text());
        } finally {
            if (handle == null) {
                locks.close();
            }
        }
        opened = handle;
        if (!there) {
            manner.lock(locks);
        }
        if (manner.deleted()) {
            // not before it is sure to be opened
            handle.deleteWhenClosed();
        }
        if (!wish.attributes().isEmpty()) {
            handle.wish(wish);
        }
        if (handle.isReplacing()) {
            channel.openPaths().writing(handle);
        } else {
            channel.openPaths().opened(handle);
        }
        readAhead(handle);
    }

    private void readAhead(FileHandle handle) {
        if (start != null && handle.isPositional()) {
            try {
                start.fill(handle);
            } catch (IOException | RuntimeException | Error e) {
                // whoever reads will hear of it
                LOGGER.debug("Could not read ahead", e);
            }
        }
    }

    @Override
    public Reply reply() {
        FileHandle handle = Objects.requireNonNull(opened);
        channel.handles().add(handle);
        if (start != null && start.isWhole()) {
            handle.keepAhead(start);
        } else {
            dropStart();
        }
        handle.transfer().opened();
        return channel.handle(request, handle);
    }

    private void dropStart() {
        if (start != null) {
            start.close();
            start = null;
        }
    }

    @Override
    public void abandon() {
        dropStart();
        channel.handles().cancel();
        FileHandle handle = opened;
        if (handle != null) {
            channel.giveBack(queue, () -> {
                channel.openPaths().closed(handle);
                handle.abort();
                return null;
            });
        }
    }
}
