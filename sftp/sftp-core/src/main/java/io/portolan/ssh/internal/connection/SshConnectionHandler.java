package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.transport.TransportFailed;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SSH's connection protocol (RFC 4254), the last handler of a connection, which replaces that of authentication. It takes and sends payloads through the transport.
 *
 * <p>A violation of the protocol ends the connection, by way of {@link SshTransport#disconnect}. When the connection ends, for whatever reason, all channels hear of it.
 */
public final class SshConnectionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOGGER = LoggerFactory.getLogger(SshConnectionHandler.class);

    private final SshTransport transport;
    private final ConnectionSettings settings;
    private final WindowBudget budget;
    private final SessionPrograms programs;
    private final GlobalRequests globalRequests;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Connection connection;

    /**
     * Makes a handler.
     *
     * @param transport what is below
     * @param settings limits
     * @param budget what all connections share
     * @param programs what the peer may run; nothing for a client
     * @param globalRequests what else the peer may ask for
     */
    public SshConnectionHandler(
            SshTransport transport,
            ConnectionSettings settings,
            WindowBudget budget,
            SessionPrograms programs,
            GlobalRequests globalRequests) {
        this.transport = transport;
        this.settings = settings;
        this.budget = budget;
        this.programs = programs;
        this.globalRequests = globalRequests;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        connection = new Connection(ctx, transport, settings, budget, programs, globalRequests);
    }

    /**
     * Opens a channel and asks for a subsystem in it; for a client. On the event loop only.
     *
     * @param subsystem its name
     * @param program makes what runs in the channel at our end, as soon as the channel is open
     * @return the channel once the peer runs the subsystem; fails with a {@link ChannelOpenException} if it does not, or when the connection ends
     */
    public Future<SshChannel> openSubsystem(
            String subsystem, Function<? super SshChannel, ? extends SshChannelListener> program) {
        return opened((present, promise) -> present.outgoing().open(subsystem, program, promise));
    }

    /**
     * Opens a channel to somewhere else, by a connection that the peer makes; for a client. On the event loop only.
     *
     * @param target where to
     * @param program makes what runs in the channel at our end
     * @return the channel once the peer is connected; fails with a {@link ChannelOpenException} if it refuses or cannot connect, or when the connection ends
     */
    public Future<SshChannel> openDirect(
            DirectTarget target, Function<? super SshChannel, ? extends SshChannelListener> program) {
        return opened((present, promise) -> present.outgoing().openDirect(target, program, promise));
    }

    private Future<SshChannel> opened(BiConsumer<Connection, Promise<SshChannel>> open) {
        ChannelHandlerContext ctx = context;
        Connection present = connection;
        if (ctx == null) {
            throw new IllegalStateException("the handler is in no pipeline");
        }
        Promise<SshChannel> promise = ctx.executor().newPromise();
        if (present == null) {
            promise.setFailure(new ClosedChannelException());
        } else {
            open.accept(present, promise);
        }
        return promise;
    }

    /**
     * Tells the peer something that is of no channel, without wanting a reply (RFC 4254 section 4). On the event loop, while this handler is in a pipeline.
     *
     * @param name the request's name
     * @param arguments what the request has behind {@code want reply}
     */
    public void tell(String name, byte[] arguments) {
        Connection present = connection;
        if (present != null) {
            present.global().tell(name, arguments);
        }
    }

    /**
     * Asks the peer for something that is of no channel. On the event loop only.
     *
     * @param name the request's name
     * @param arguments what the request has behind {@code want reply}
     * @param reply is told what is specific to the request in the peer's answer; or nothing if it refuses, or the connection ends
     */
    public void ask(String name, byte[] arguments, Consumer<Optional<byte[]>> reply) {
        Connection present = connection;
        if (present == null) {
            reply.accept(Optional.empty());
        } else {
            present.global().ask(name, arguments, reply);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Connection present = connection;
        if (!(message instanceof ByteBuf payload) || present == null) {
            ReferenceCountUtil.release(message);
            return;
        }
        try {
            present.received(payload);
        } catch (SshProtocolException e) {
            LOGGER.info("{}: {}", ctx.channel().remoteAddress(), e.getMessage());
            ctx.fireUserEventTriggered(new TransportFailed(e));
            try {
                end();
            } finally {
                transport.disconnect(e.reason(), "protocol error");
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Connection present = connection;
        if (present != null) {
            present.output().endOfTurn();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Connection present = connection;
        if (present != null) {
            present.writabilityChanged();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        Connection ended = connection;
        connection = null;
        if (ended != null) {
            ended.end();
        }
    }
}
