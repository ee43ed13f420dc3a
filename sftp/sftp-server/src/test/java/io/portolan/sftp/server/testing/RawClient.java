package io.portolan.sftp.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.transport.KeyExchangeLanes;
import io.portolan.ssh.internal.transport.PeerDisconnected;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.transport.SshTransportHandler;
import io.portolan.ssh.internal.transport.TransportReady;
import io.portolan.ssh.internal.transport.TransportRole;
import io.portolan.ssh.internal.transport.TransportSettings;
import io.portolan.ssh.internal.version.SshVersionHandler;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that says what it is told to, message by message, right or wrong, and can vanish at any moment. Its transport is our own; what is above it is bare. Blocks; for
 * one thread.
 */
public final class RawClient implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int WINDOW = Integer.MAX_VALUE;
    private static final int MAX_PACKET = 32 * 1024;
    private static final int USERAUTH_SUCCESS = 52;
    private static final int PONG = 193;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<SshTransport> ready = new CompletableFuture<>();
    private final CompletableFuture<PeerDisconnected> goodbye = new CompletableFuture<>();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final SshPacketDecoder decoder = new SshPacketDecoder();
    private final SshPacketEncoder encoder = new SshPacketEncoder(RANDOM);
    private final SshTransportHandler transport = new SshTransportHandler(
            new TransportRole.Client((algorithm, key) -> {}),
            TransportSettings.of(SshAlgorithms.modern(), RekeyLimits.STANDARD, List.of()),
            decoder,
            encoder,
            KeyExchangeLanes.Pair.both(new WorkerLane(Runnable::run)),
            RANDOM);
    private final Channel channel;
    private int serverChannel;

    private RawClient(int port) {
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        install(made);
                    }
                })
                .connect(java.net.InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    private void install(Channel made) {
        made.pipeline()
                .addLast(
                        SshVersionHandler.forClient("SSH-2.0-raw"),
                        encoder,
                        decoder,
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ByteBuf payload = (ByteBuf) message;
                                if ((payload.getByte(payload.readerIndex()) & 0xff) == PONG) {
                                    // the transport would not tell of it
                                    messages.add(ByteBufUtil.getBytes(payload));
                                }
                                ctx.fireChannelRead(message);
                            }
                        },
                        transport,
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ByteBuf payload = (ByteBuf) message;
                                if (payload.getByte(payload.readerIndex()) == USERAUTH_SUCCESS) {
                                    ready.join().authenticated();
                                }
                                messages.add(ByteBufUtil.getBytes(payload));
                                payload.release();
                            }

                            @Override
                            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                                if (event instanceof TransportReady now) {
                                    ready.complete(now.transport());
                                } else if (event instanceof PeerDisconnected said) {
                                    goodbye.complete(said);
                                }
                            }

                            @Override
                            public void channelInactive(ChannelHandlerContext ctx) {
                                ready.completeExceptionally(new IllegalStateException("the server has hung up"));
                                // what waits for a message waits for nothing
                                messages.add(new byte[0]);
                            }
                        });
    }

    /** Connects, and exchanges keys. */
    public static RawClient connect(int port) {
        RawClient client = new RawClient(port);
        assertThat(client.ready).succeedsWithin(Patience.LONG_ENOUGH);
        return client;
    }

    /** Connects, logs in, opens a channel and has SFTP begin in version 3. */
    public static RawClient sftp(int port, String user, String password) {
        RawClient client = connect(port);
        client.login(user, password);
        client.openSftp();
        return client;
    }

    public void login(String user, String password) {
        send(new SshWriter().writeByte(5).writeString("ssh-userauth"));
        expect(6);
        send(new SshWriter()
                .writeByte(50)
                .writeString(user)
                .writeString("ssh-connection")
                .writeString("password")
                .writeBoolean(false)
                .writeString(password));
        expect(USERAUTH_SUCCESS);
    }

    public void openSftp() {
        send(new SshWriter()
                .writeByte(90)
                .writeString("session")
                .writeUint32(0)
                .writeUint32(WINDOW)
                .writeUint32(MAX_PACKET));
        serverChannel = (int) uint32(expect(91), 5);
        send(new SshWriter()
                .writeByte(98)
                .writeUint32(serverChannel)
                .writeString("subsystem")
                .writeBoolean(true)
                .writeString("sftp"));
        expect(99);
        sendPacket(new SshWriter().writeByte(SftpMessageNumber.INIT.number()).writeUint32(3));
        assertThat(packet()[0]).isEqualTo((byte) SftpMessageNumber.VERSION.number());
    }

    /** Opens a file in version 3; returns its handle. */
    public byte[] open(String path, int flags) throws Exception {
        sendPacket(new SshWriter()
                .writeByte(SftpMessageNumber.OPEN.number())
                .writeUint32(1)
                .writeString(path)
                .writeUint32(flags)
                .writeUint32(0));
        byte[] reply = packet();
        assertThat(reply[0]).isEqualTo((byte) SftpMessageNumber.HANDLE.number());
        return new SshReader(reply, 5, reply.length - 5).readString();
    }

    /** Asks for a write, and does not wait for the answer. */
    public void write(byte[] handle, long offset, byte[] data) {
        sendPacket(new SshWriter(data.length + 64)
                .writeByte(SftpMessageNumber.WRITE.number())
                .writeUint32(2)
                .writeString(handle)
                .writeUint64(offset)
                .writeString(data));
    }

    /** Asks for a read, and does not wait for the answer. */
    public void read(byte[] handle, long offset, int length) {
        sendPacket(new SshWriter()
                .writeByte(SftpMessageNumber.READ.number())
                .writeUint32(3)
                .writeString(handle)
                .writeUint64(offset)
                .writeUint32(length));
    }

    /** Sends a payload as it is. */
    public void send(SshWriter payload) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(payload.toByteArray()));
    }

    /** Sends a payload past the transport, which would never say it here. */
    public void forge(byte[] payload) {
        channel.eventLoop().execute(() -> {
            if (channel.isActive()) {
                channel.pipeline().context(transport).writeAndFlush(Unpooled.wrappedBuffer(payload));
            }
        });
    }

    /** What has come and was not looked at; the last is empty if the server has hung up. */
    public BlockingQueue<byte[]> messages() {
        return messages;
    }

    /** Sends octets in the channel, as they are, in pieces that fit into a packet. */
    public void sendOctets(byte[] data) {
        for (int at = 0; at < data.length; at += MAX_PACKET) {
            int count = Math.min(MAX_PACKET, data.length - at);
            send(new SshWriter(count + 9)
                    .writeByte(94)
                    .writeUint32(serverChannel)
                    .writeUint32(count)
                    .writeBytes(data, at, count));
        }
    }

    public void sendPacket(SshWriter packet) {
        sendOctets(new SshWriter(packet.size() + 4)
                .writeString(packet.toByteArray())
                .toByteArray());
    }

    /** The next SFTP packet, without its length. */
    public byte[] packet() {
        while (true) {
            byte[] have = octets.toByteArray();
            if (have.length >= 4 && have.length >= 4 + uint32(have, 0)) {
                int length = (int) uint32(have, 0);
                octets.reset();
                octets.write(have, 4 + length, have.length - 4 - length);
                return java.util.Arrays.copyOfRange(have, 4, 4 + length);
            }
            byte[] data = expect(94);
            octets.write(data, 9, data.length - 9);
        }
    }

    /** Sends a request, and gives the code of the status that comes back, or -1 if it was none. */
    public int status(SshWriter request) {
        sendPacket(request);
        return statusOf(packet());
    }

    /** The code of a status, or -1 if a packet is none. */
    public static int statusOf(byte[] packet) {
        return packet[0] == SftpMessageNumber.STATUS.number() ? (int) uint32(packet, 5) : -1;
    }

    /** The next message of a number; of others only those are passed over that a server may send at any time. */
    public byte[] expect(int number) {
        while (true) {
            byte[] next = message();
            assertThat(next).as("the server has hung up").isNotEmpty();
            int got = next[0] & 0xff;
            if (got == number) {
                return next;
            }
            assertThat(got).as("instead of " + number).isIn(53, 80, 93, PONG);
        }
    }

    private byte[] message() {
        try {
            byte @Nullable [] next = messages.poll(Patience.MILLIS, TimeUnit.MILLISECONDS);
            assertThat(next).as("nothing has come").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long uint32(byte[] octets, int at) {
        return java.nio.ByteBuffer.wrap(octets).getInt(at) & 0xffff_ffffL;
    }

    /** What the server said before it closed. */
    public CompletableFuture<PeerDisconnected> goodbye() {
        return goodbye;
    }

    /** Completes when the connection is closed, by whomever. */
    public CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }

    /** Reads nothing more. */
    public void stopReading() {
        channel.config().setAutoRead(false);
    }

    /** Whether the socket takes no more at the moment. */
    public boolean isSocketFull() {
        return !channel.isWritable();
    }

    /** Vanishes, with a reset. */
    public void cut() {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // the server was quicker
        }
        close();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
