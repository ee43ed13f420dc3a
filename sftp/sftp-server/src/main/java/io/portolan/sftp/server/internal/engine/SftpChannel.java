package io.portolan.sftp.server.internal.engine;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.NameWriter;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Instant;
import java.util.concurrent.Callable;

/** What requests are about: what the channel has and may, and how it answers. */
public final class SftpChannel {

    /** The longest path in octets: {@link VirtualPath#MAX_LENGTH} characters take no more in UTF-8. */
    public static final int MAX_PATH_OCTETS = 3 * VirtualPath.MAX_LENGTH;

    /** How many checksums and copies may be asked for at a time: each keeps a worker busy, and clients ask for one after the other. */
    public static final int MAX_LONG_WORK = 4;

    private final SftpEngine engine;
    private final SftpServices services;
    private ProtocolVersion version;
    private boolean asked;
    private final HandleTable handles;
    private final OpenPaths openPaths = new OpenPaths();
    private final WorkQueue paths;
    private final WorkQueue longPaths;
    private final SeenPrincipals principals = new SeenPrincipals();
    private int longWork;
    private long changes;
    private int keptAhead;

    /** Written on the event loop; what takes long on a lane reads it. */
    private volatile boolean gone;

    SftpChannel(SftpEngine engine, SftpServices services, ProtocolVersion version) {
        this.engine = engine;
        this.services = services;
        this.version = version;
        this.handles = new HandleTable(services.limits().openHandles());
        this.paths = engine.newQueue();
        this.longPaths = engine.newQueue();
    }

    /** What the session lends. */
    public SftpServices services() {
        return services;
    }

    /** The version that was agreed on. */
    public ProtocolVersion version() {
        return version;
    }

    /** Changes the version, which is possible with the first request only: says whether it was. */
    public boolean select(ProtocolVersion other) {
        if (asked) {
            return false;
        }
        version = other;
        return true;
    }

    /** A request has been planned. */
    void asked() {
        asked = true;
    }

    /** A number that grows with each request that may change something others see. */
    public long changes() {
        return changes;
    }

    /** A request that may change something has come. */
    void changing() {
        changes++;
    }

    /** Whether another file or directory may be kept that was read before it was asked for; {@link #releaseAhead} follows then. */
    public boolean keepAhead(int limit) {
        if (keptAhead >= limit) {
            return false;
        }
        keptAhead++;
        return true;
    }

    /** A file that was read ahead is not kept any more. */
    public void releaseAhead() {
        keptAhead--;
    }

    /** What is open. */
    public HandleTable handles() {
        return handles;
    }

    /** Where that is what is open. May be called on any thread. */
    public OpenPaths openPaths() {
        return openPaths;
    }

    /** Where all of this is called, unless it says otherwise. */
    public EventExecutor loop() {
        return engine.loop();
    }

    /** Where buffers come from. */
    public ByteBufAllocator allocator() {
        return engine.allocator();
    }

    /** Where requests that name paths run. */
    public WorkQueue paths() {
        return paths;
    }

    /** Names of users and groups that the peer has been told of. May be called on any thread. */
    public SeenPrincipals principals() {
        return principals;
    }

    /** Where requests that name paths run if they take long, lest the others wait. */
    public WorkQueue longPaths() {
        return longPaths;
    }

    /**
     * Counts work that takes long; {@link #endLongWork} follows.
     *
     * @throws RequestFailure if there is enough of it already
     */
    public void reserveLongWork() throws RequestFailure {
        if (longWork >= MAX_LONG_WORK) {
            throw new RequestFailure(SftpStatus.FAILURE, "At most " + MAX_LONG_WORK + " checks and copies at a time");
        }
        longWork++;
    }

    /** One of them is done. */
    public void endLongWork() {
        longWork--;
    }

    /** Whether nobody waits for answers any more. May be called on any thread. */
    public boolean isGone() {
        return gone;
    }

    /** The channel has gone. */
    void gone() {
        gone = true;
    }

    /** A queue for something that is opened. */
    public WorkQueue newQueue() {
        return engine.newQueue();
    }

    /** Gives back, on a queue's lane, what was opened in vain. The channel counts as released only afterwards. */
    public void giveBack(WorkQueue queue, Callable<?> release) {
        engine.giveBack(queue, release, () -> {});
    }

    /** Does something on a queue's lane that nobody waits for, behind what is there; nothing if the lane takes no more. */
    public void workAhead(WorkQueue queue, Runnable work) {
        queue.workAhead(work);
    }

    /** Content has been moved: the channel pauses as long as the bandwidth limit says. */
    public void moved(long octets) {
        long pause = services.rateLimit().reserve(octets, System.nanoTime());
        if (pause > 0) {
            engine.pause(pause);
        }
    }

    /** Begins a packet that answers a request. May be called on any thread. */
    public SshWriter packet(SftpMessageNumber message, Request request) {
        return new SshWriter().writeByte(message.number()).writeUint32(request.id() & 0xffff_ffffL);
    }

    /** Makes STATUS. May be called on any thread. */
    public Reply status(Request request, SftpStatus status, String text) {
        return new Reply.Packet(packet(SftpMessageNumber.STATUS, request)
                .writeUint32(status.in(version.number()).code())
                .writeString(text)
                .writeString(""));
    }

    /** Makes the STATUS that says that all is well. May be called on any thread. */
    public Reply ok(Request request) {
        return status(request, SftpStatus.OK, "Success");
    }

    /** Makes the STATUS for what went wrong. */
    public Reply failure(Request request, Throwable failure) {
        StatusForFailure status = StatusForFailure.of(failure);
        if (!status.expected()) {
            SftpEngine.LOGGER.warn("SFTP request {} failed", request.number(), failure);
        }
        return status(request, status.status(), status.text());
    }

    /** Makes ATTRS. May be called on any thread. */
    public Reply attributes(Request request, FileInfo info) {
        principals.see(info);
        SshWriter packet = packet(SftpMessageNumber.ATTRS, request);
        AttributeCodec.write(packet, FileInfoMapping.attributes(info), version.number());
        return new Reply.Packet(packet);
    }

    /** Makes NAME for a path alone. May be called on any thread. */
    public Reply path(Request request, String path) {
        return path(request, path, SftpAttributes.NONE);
    }

    /** Makes NAME for a path and what is known of it. May be called on any thread. */
    public Reply path(Request request, String path, SftpAttributes attributes) {
        SshWriter packet = packet(SftpMessageNumber.NAME, request).writeUint32(1);
        new NameWriter(version.number(), Instant.EPOCH).path(packet, path, attributes);
        return new Reply.Packet(packet);
    }

    /** Reads a path that a request names: absolute, or from the home directory on. */
    public VirtualPath readPath(Request request) throws SshProtocolException {
        return services.home().resolve(request.reader().readUtf8(MAX_PATH_OCTETS));
    }

    /** Reads attributes that a request wants to have set. */
    public Wanted readWanted(Request request) throws SshProtocolException, RequestFailure {
        return Wanted.of(AttributeCodec.read(request.reader(), version.number()));
    }

    /** Makes HANDLE. */
    public Reply handle(Request request, OpenHandle handle) {
        return new Reply.Packet(packet(SftpMessageNumber.HANDLE, request)
                .writeUint32(Integer.BYTES)
                .writeUint32(handle.id() & 0xffff_ffffL));
    }
}
