package io.portolan.sftp.server.internal.engine;

import io.netty.buffer.ByteBufAllocator;

/** What a request does, in three steps: get ready on the event loop, work on a lane, make the reply on the event loop. */
public abstract class Operation {

    /** How many octets of content its reply may have: such operations wait while the peer does not take what is there. 0 for all but READ and READDIR. */
    public int contentOctets() {
        return 0;
    }

    /** Gets ready, on the event loop, right before the hop to the lane. */
    public void prepare(ByteBufAllocator allocator) {}

    /**
     * Does what is asked for, on a lane. May block.
     *
     * @throws Exception if it cannot be done; {@link StatusForFailure} says what the peer is told
     */
    public abstract void work() throws Exception;

    /** The answer, on the event loop, after {@link #work} has returned. */
    public abstract Reply reply();

    /** Gives back what it holds, on the event loop: instead of {@link #reply}, as it failed or the channel has gone. May come without {@link #work}. */
    public void abandon() {}
}
