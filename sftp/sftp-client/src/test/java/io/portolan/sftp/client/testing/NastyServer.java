package io.portolan.sftp.client.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.transport.HostKey;
import io.portolan.ssh.internal.transport.KeyExchangeLanes;
import io.portolan.ssh.internal.transport.PeerDisconnected;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.transport.SshTransportHandler;
import io.portolan.ssh.internal.transport.TransportReady;
import io.portolan.ssh.internal.transport.TransportRole;
import io.portolan.ssh.internal.transport.TransportSettings;
import io.portolan.ssh.internal.version.SshVersionHandler;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An SSH server that exchanges keys as it should, and then does what a test wants. */
public final class NastyServer implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SshKeyPair key;
    private final TransportRuntime runtime = TransportRuntime.start(
            TransportOptions.builder().eventLoopThreads(1).workerThreads(1).build(), "nasty");
    private final Channel listener;
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

    /** The reasons that clients have told for their going. */
    private final List<Long> goodbyes = new CopyOnWriteArrayList<>();

    /** What it does on one connection. */
    public interface Script {

        /** Keys are exchanged. */
        default void ready(Peer peer) {}

        /** A message has come. */
        void received(Peer peer, byte[] payload) throws Exception;
    }

    /** The other end of a connection. */
    public static final class Peer {
        private final ChannelHandlerContext context;
        private final SshTransport transport;

        Peer(ChannelHandlerContext context, SshTransport transport) {
            this.context = context;
            this.transport = transport;
        }

        public void send(SshWriter message) {
            send(message.toByteArray());
        }

        public void send(byte[] payload) {
            context.writeAndFlush(Unpooled.wrappedBuffer(payload));
        }

        /** Octets below everything. */
        public void sendRaw(byte[] octets) {
            context.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(octets));
        }

        public SshTransport transport() {
            return transport;
        }

        /** From now on it reads nothing. */
        public void stopReading() {
            context.channel().config().setAutoRead(false);
        }

        public void close() {
            context.close();
        }

        public void whenClosed(Runnable told) {
            context.channel().closeFuture().addListener(closed -> told.run());
        }
    }

    public NastyServer(Supplier<Script> script) {
        this(settings(SshAlgorithms.modern(), RekeyLimits.STANDARD), script);
    }

    /** With settings of its own. */
    public NastyServer(TransportSettings settings, Supplier<Script> script) {
        this(settings, SshKeyPair.generateEd25519(RANDOM), script);
    }

    private NastyServer(TransportSettings settings, SshKeyPair key, Supplier<Script> script) {
        this(settings, key, HostKey.of(key), script);
    }

    /** With a key that may turn into another. */
    public NastyServer(TransportSettings settings, TurnableHostKey key, Supplier<Script> script) {
        this(settings, key.pair(), List.of(key.shown()), script);
    }

    private NastyServer(TransportSettings settings, SshKeyPair key, List<HostKey> shown, Supplier<Script> script) {
        this.key = key;
        listener = new ServerBootstrap()
                .group(runtime.acceptors(), runtime.loops())
                .channelFactory(runtime.serverChannels())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        install(channel, settings, shown, script.get());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Settings for {@link #NastyServer(TransportSettings, Supplier)}. */
    public static TransportSettings settings(SshAlgorithms algorithms, RekeyLimits rekey) {
        return TransportSettings.of(algorithms, rekey, List.of("ssh-ed25519"));
    }

    private void install(Channel channel, TransportSettings settings, List<HostKey> shown, Script script) {
        SshPacketDecoder decoder = new SshPacketDecoder();
        SshPacketEncoder encoder = new SshPacketEncoder(RANDOM);
        SshTransportHandler transport = new SshTransportHandler(
                new TransportRole.Server(shown),
                settings,
                decoder,
                encoder,
                KeyExchangeLanes.Pair.both(new WorkerLane(Runnable::run)),
                RANDOM);
        channel.pipeline()
                .addLast(
                        SshVersionHandler.forServer("SSH-2.0-nasty"),
                        decoder,
                        encoder,
                        transport,
                        new ChannelInboundHandlerAdapter() {
                            private @Nullable Peer peer;

                            @Override
                            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                                if (event instanceof TransportReady ready) {
                                    peer = new Peer(ctx, ready.transport());
                                    script.ready(peer);
                                } else if (event instanceof PeerDisconnected goodbye) {
                                    goodbyes.add(goodbye.reason());
                                }
                            }

                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
                                byte[] payload = ByteBufUtil.getBytes((ByteBuf) message);
                                ((ByteBuf) message).release();
                                Peer present = peer;
                                if (present != null) {
                                    script.received(present, payload);
                                }
                            }

                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                fault.compareAndSet(null, cause);
                                ctx.close();
                            }
                        });
    }

    /** The reasons that clients have told for their going (RFC 4253 section 11.1), in order. */
    public List<Long> goodbyes() {
        return goodbyes;
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** A client that trusts it, and has a password. */
    public SftpClient.Builder client() {
        return ServerFixture.client(port())
                .hostKeys(HostKeys.withFingerprints(key.publicKey().fingerprint()));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
