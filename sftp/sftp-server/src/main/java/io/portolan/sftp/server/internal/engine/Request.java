package io.portolan.sftp.server.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request on its way: from its packet to its reply. */
public final class Request {

    /** How far its work is. */
    enum Stage {
        /** Must wait for others. */
        WAITING,
        /** In a queue, or in work. */
        STARTED,
        /** Nothing more happens to files. */
        FINISHED
    }

    private final int number;
    private final int id;
    private final int octets;
    private final ByteBuf packet;
    private @Nullable SshReader reader;
    private boolean packetKept;

    Stage stage = Stage.WAITING;

    @Nullable
    Operation operation;

    @Nullable
    Footprint footprint;

    /** The answer, once it is known. */
    @Nullable
    Reply reply;

    /** Why it could not even be prepared. */
    @Nullable
    Throwable unprepared;

    /** For how many it has to wait: those of its own queue that wait themselves, and others that are not done. */
    int waitsFor;

    /** Those of its own queue that wait until it is in there. */
    List<Request> behindStart = List.of();

    /** Those that wait until it is done. */
    List<Request> behindEnd = List.of();

    /** Whether the answer was known before the work. */
    boolean answeredFirst;

    /**
     * @param packet the packet, its index behind the id
     * @param octets the packet with its length
     */
    Request(int number, int id, ByteBuf packet, int octets) {
        this.number = number;
        this.id = id;
        this.packet = packet;
        this.octets = octets;
    }

    /** The message's number. */
    public int number() {
        return number;
    }

    /** What the reply repeats. */
    public int id() {
        return id;
    }

    /** The fields behind the id. */
    public SshReader reader() {
        SshReader present = reader;
        if (present == null) {
            // a copy, so that the packet need not outlive the planning
            present = new SshReader(ByteBufUtil.getBytes(packet));
            reader = present;
        }
        return present;
    }

    /** The fields behind the id, for those who want content without a copy: from now on it lives until the request's work is done. */
    public ByteBuf packet() {
        packetKept = true;
        return packet;
    }

    /** It is known what is to be done. */
    void planned() {
        if (!packetKept) {
            packet.release();
        }
    }

    /** It is done. */
    void finished() {
        if (packetKept) {
            packet.release();
        }
    }

    /** What the peer gets credit for when this is done. */
    int octets() {
        return octets;
    }

    Operation operation() {
        return Objects.requireNonNull(operation);
    }

    Footprint footprint() {
        return Objects.requireNonNull(footprint);
    }
}
