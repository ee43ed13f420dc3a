package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.version.SshVersionHandler;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A client and a server that are joined, octet for octet, and the two ends of what runs over them. */
final class SshPair implements AutoCloseable {

    static final SecureRandom RANDOM = new SecureRandom();
    static final SshKeyPair HOST_KEY = SshKeyPair.generateEd25519(RANDOM);

    static final AlgorithmProposal ALGORITHMS = AlgorithmProposal.symmetric(
            List.of("curve25519-sha256"),
            List.of("ssh-ed25519"),
            List.of("aes128-gcm@openssh.com"),
            List.of("hmac-sha2-256-etm@openssh.com"),
            List.of("none"));

    static final TransportSettings SETTINGS = settings(ALGORITHMS, RekeyLimits.STANDARD);

    final End server;
    final End client;

    SshPair(TransportSettings serverSettings, TransportSettings clientSettings, HostKeyVerifier verifier) {
        server = new End(new TransportRole.Server(HostKey.of(HOST_KEY)), serverSettings);
        client = new End(new TransportRole.Client(verifier), clientSettings);
    }

    static SshPair withSettings(TransportSettings settings) {
        return new SshPair(
                settings, settings, (algorithm, key) -> assertThat(key).isEqualTo(HOST_KEY.publicKey()));
    }

    static TransportSettings settings(AlgorithmProposal algorithms, RekeyLimits rekey) {
        return new TransportSettings(
                algorithms, false, rekey, TransportSettings.KEY_EXCHANGE_TIME, List.of("ssh-ed25519", "rsa-sha2-512"));
    }

    static TransportSettings rekeyingAfter(long octets) {
        return settings(ALGORITHMS, new RekeyLimits(octets, Long.MAX_VALUE, Duration.ofHours(1)));
    }

    /** Carries octets to and fro until there is nothing more to be carried. */
    void run() {
        boolean moved = true;
        while (moved) {
            moved = client.deliverTo(server);
            moved |= server.deliverTo(client);
        }
    }

    /** Lets both ends be logged in. */
    SshPair loggedIn() {
        run();
        server.transport().authenticated();
        client.transport().authenticated();
        return this;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }

    /** One end. */
    static final class End implements AutoCloseable {
        final EmbeddedChannel channel = new EmbeddedChannel();
        final SshPacketDecoder decoder = new SshPacketDecoder();
        final SshPacketEncoder encoder = new SshPacketEncoder(RANDOM);
        final SshTransportHandler handler;
        final List<byte[]> received = new ArrayList<>();
        final List<Object> events = new ArrayList<>();
        final Deque<Runnable> work;
        boolean workersBusy;
        int writabilityChanges;

        End(TransportRole role, TransportSettings settings) {
            this(role, settings, new ArrayDeque<>());
        }

        private End(TransportRole role, TransportSettings settings, Deque<Runnable> work) {
            this(role, settings, KeyExchangeLanes.Pair.both(new WorkerLane(work::add)), work);
        }

        End(TransportRole role, TransportSettings settings, KeyExchangeLanes.Pair lanes) {
            this(role, settings, lanes, new ArrayDeque<>());
        }

        private End(TransportRole role, TransportSettings settings, KeyExchangeLanes.Pair lanes, Deque<Runnable> work) {
            this.work = work;
            handler = new SshTransportHandler(role, settings, decoder, encoder, lanes, RANDOM);
            channel.pipeline()
                    .addLast(
                            role.peerIsClient()
                                    ? SshVersionHandler.forServer("SSH-2.0-server")
                                    : SshVersionHandler.forClient("SSH-2.0-client"),
                            encoder,
                            decoder,
                            handler,
                            new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(ChannelHandlerContext ctx, Object message) {
                                    ByteBuf payload = (ByteBuf) message;
                                    received.add(ByteBufUtil.getBytes(payload));
                                    payload.release();
                                }

                                @Override
                                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                                    events.add(event);
                                }

                                @Override
                                public void channelWritabilityChanged(ChannelHandlerContext ctx) {
                                    writabilityChanges++;
                                }
                            });
            channel.pipeline().fireChannelActive();
        }

        SshTransport transport() {
            return events.stream()
                    .filter(TransportReady.class::isInstance)
                    .map(event -> ((TransportReady) event).transport())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no first key exchange: " + events));
        }

        boolean isReady() {
            return events.stream().anyMatch(TransportReady.class::isInstance);
        }

        /** Why this end gave up. */
        Throwable failure() {
            return events.stream()
                    .filter(TransportFailed.class::isInstance)
                    .map(event -> ((TransportFailed) event).cause())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing failed: " + events));
        }

        boolean hasFailed() {
            return events.stream().anyMatch(TransportFailed.class::isInstance);
        }

        void send(int number, byte... rest) {
            channel.write(payload(number, rest));
            channel.flush();
        }

        static ByteBuf payload(int number, byte... rest) {
            return Unpooled.buffer(1 + rest.length).writeByte(number).writeBytes(rest);
        }

        /** What this end has put on the wire. */
        byte[] takeOctets() {
            settle();
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                all.writeBytes(next);
                next.release();
            }
            return ByteBufUtil.getBytes(all);
        }

        void receive(byte[] octets) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.wrappedBuffer(octets));
            }
            settle();
        }

        private void settle() {
            channel.runPendingTasks();
            while (!work.isEmpty() && !workersBusy) {
                work.remove().run();
                channel.runPendingTasks();
            }
        }

        boolean deliverTo(End other) {
            byte[] octets = takeOctets();
            if (octets.length > 0) {
                other.receive(octets);
            }
            return octets.length > 0;
        }

        /** A packet as before the first NEWKEYS. */
        static byte[] inTheClear(int number, byte... rest) {
            int padding = 8 + (8 - (5 + 1 + rest.length) % 8) % 8;
            return ByteBufUtil.getBytes(Unpooled.buffer()
                    .writeInt(1 + 1 + rest.length + padding)
                    .writeByte(padding)
                    .writeByte(number)
                    .writeBytes(rest)
                    .writeZero(padding));
        }

        /** Puts a message on the wire that the handler would never send. */
        void forge(int number, byte... rest) {
            forge(payload(number, rest));
        }

        void forge(ByteBuf payload) {
            channel.pipeline().context(handler).writeAndFlush(payload);
        }

        @Override
        public void close() {
            workersBusy = false;
            settle();
            channel.finishAndReleaseAll();
        }
    }
}
