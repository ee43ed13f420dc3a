package io.portolan.sftp.client.internal.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A channel of an SSH connection as a connection of its own: what is written goes to the server behind, and what comes from there is read. On the event loop of the connection that it is in. Octets that are
 * not read give the peer no credit, so nothing piles up here beyond a window.
 */
final class TunnelChannel extends AbstractChannel implements SshChannelListener {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final SshChannel tunnel;
    private final SocketAddress remote;
    private final Deque<ByteBuf> received = new ArrayDeque<>();
    private boolean closed;
    private boolean active = true;
    private boolean wantsRead;
    private boolean delivering;
    private boolean peerEnded;

    /** Made while the channel is opened; to be registered with its event loop. */
    TunnelChannel(SshChannel tunnel, Hop remote) {
        super(null);
        this.tunnel = tunnel;
        this.remote = InetSocketAddress.createUnresolved(remote.host(), remote.port());
    }

    // what comes

    @Override
    public void received(ByteBuf data) {
        if (closed) {
            data.release();
            return;
        }
        received.add(data);
        deliver();
    }

    @Override
    public void eof() {
        peerEnded = true;
        deliver();
    }

    @Override
    public void writable() {
        if (!closed && isRegistered()) {
            unsafe().flush();
        }
    }

    @Override
    public void closed() {
        peerEnded = true;
        active = false;
        deliver();
    }

    private void deliver() {
        if (delivering || closed || !isRegistered()) {
            return;
        }
        delivering = true;
        try {
            boolean any = false;
            while (wantsRead && !received.isEmpty() && !closed) {
                wantsRead = false;
                any = true;
                ByteBuf next = received.remove();
                int octets = next.readableBytes();
                pipeline().fireChannelRead(next);
                tunnel.consumed(octets);
                if (config.isAutoRead()) {
                    wantsRead = true;
                }
            }
            if (any) {
                pipeline().fireChannelReadComplete();
            }
        } finally {
            delivering = false;
        }
        if (peerEnded && received.isEmpty() && !closed) {
            unsafe().close(unsafe().voidPromise());
        }
    }

    // what AbstractChannel asks

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return active && !closed;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new TunnelUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a tunnel is bound to its connection");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        closed = true;
        active = false;
        for (ByteBuf rest = received.poll(); rest != null; rest = received.poll()) {
            rest.release();
        }
        tunnel.finish(0);
    }

    @Override
    protected void doBeginRead() {
        wantsRead = true;
        // not at once: whoever reads may be in the middle of something
        eventLoop().execute(this::deliver);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        while (in.current() != null && tunnel.isWritable()) {
            Object message = in.current();
            if (message instanceof ByteBuf octets) {
                tunnel.write(octets.retainedSlice());
                in.remove();
            } else {
                in.remove(new UnsupportedOperationException("not octets: " + ReferenceCountUtil.touch(message)));
            }
        }
    }

    /** It is connected from the beginning. */
    private final class TunnelUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a tunnel leads where it leads"));
        }
    }
}
