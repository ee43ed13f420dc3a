package io.portolan.ssh.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.concurrent.Completion;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.kex.KexMarker;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.packet.PacketCipher;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.version.VersionsExchanged;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.MessageRange;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The transport above the packets: exchanges keys at the beginning and whenever they are used up, deals with the transport's own messages, and passes on the payloads
 * of all others. What is wrong ends the connection here, whoever finds it.
 *
 * <p>Above it come {@link TransportReady}, then payloads and {@link KeysRenewed}; {@link TransportFailed} or {@link PeerDisconnected} tell of an end that is not just that of the TCP connection.
 */
public final class SshTransportHandler extends ChannelDuplexHandler implements SshTransport {

    /** Answers to what the peer need not have sent (PING, unknown messages) that may wait for the socket. */
    static final int MAX_UNSENT_ANSWERS = 256;

    /** How long a last word may take to leave. */
    static final int FAREWELL_MILLIS = 2_000;

    /** Of a DISCONNECT, for the log. */
    private static final int MAX_DESCRIPTION = 1_024;

    private static final byte[] NEW_KEYS = {(byte) SshMessageNumber.NEWKEYS.number()};

    /** Which of Netty's 31 reasons not to be writable is ours. */
    private static final int WRITABILITY = 1;

    private final TransportRole role;
    private final TransportSettings settings;
    private final SshPacketDecoder decoder;
    private final SshPacketEncoder encoder;
    private final KeyExchangeLanes.Pair lanes;
    private final SecureRandom random;
    private final MessageGate gate;
    private final KeptWrites kept = new KeptWrites();
    private final KexSurroundings surroundings = new Surroundings();

    private @Nullable ChannelHandlerContext context;
    private @Nullable VersionsExchanged versions;
    private @Nullable KeyExchange exchange;
    private @Nullable Negotiation negotiated;
    private @Nullable SshCompressionHandler compression;
    private byte @Nullable [] sessionId;
    private byte @Nullable [] hostKey;
    private boolean strict;

    /** Whether what is sent, or comes, under the keys in force is compressed once the user is logged in. */
    private boolean deflates;

    private boolean inflates;

    /** Whether the peer knows of the login. */
    private boolean compressesOutbound;

    private boolean holding;
    private volatile boolean ended;
    private boolean extensionsMayCome;
    private int extensionsCame;
    private int unsentAnswers;
    private List<String> peerSignatureAlgorithms = List.of();
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> rekeyTimer;

    /**
     * Makes the handler of a new connection.
     *
     * @param decoder the one below it in the pipeline
     * @param encoder likewise
     * @param lanes where this connection's keys are computed
     */
    public SshTransportHandler(
            TransportRole role,
            TransportSettings settings,
            SshPacketDecoder decoder,
            SshPacketEncoder encoder,
            KeyExchangeLanes.Pair lanes,
            SecureRandom random) {
        this.role = role;
        this.settings = settings.withHostKeys(hostKeys(settings, role));
        this.decoder = decoder;
        this.encoder = encoder;
        this.lanes = lanes;
        this.random = random;
        this.gate = new MessageGate(role.peerIsClient());
    }

    /** A server's keys are those that it has; a client asks for certificates only if it can judge them. */
    private static List<String> hostKeys(TransportSettings settings, TransportRole role) {
        Predicate<String> possible;
        if (role instanceof TransportRole.Server server) {
            possible = server.hostKeys().stream().map(HostKey::algorithm).toList()::contains;
        } else if (((TransportRole.Client) role).verifier().takesCertificates()) {
            possible = name -> true;
        } else {
            possible = name -> !SshCertificate.isCertificate(name);
        }
        return settings.algorithms().hostKeys().stream().filter(possible).toList();
    }

    // what the layers above ask

    @Override
    public byte[] sessionId() {
        byte[] known = sessionId;
        if (known == null) {
            throw new IllegalStateException("the first key exchange is not done");
        }
        return known.clone();
    }

    @Override
    public byte[] hostKey() {
        byte[] known = hostKey;
        if (known == null) {
            throw new IllegalStateException("the first key exchange is not done");
        }
        return known.clone();
    }

    @Override
    public String remoteVersion() {
        return versions().remote();
    }

    @Override
    public List<String> peerSignatureAlgorithms() {
        return peerSignatureAlgorithms;
    }

    /** What was agreed upon last; empty before the first key exchange. */
    public Optional<Negotiation> negotiated() {
        return Optional.ofNullable(negotiated);
    }

    @Override
    public void unimplemented() {
        answer(new SshWriter(5)
                .writeByte(SshMessageNumber.UNIMPLEMENTED.number())
                .writeUint32(Integer.toUnsignedLong(decoder.lastSequence()))
                .toByteArray());
    }

    @Override
    public void authenticated() {
        gate.enter(MessageGate.Phase.CONNECTION);
        decoder.authenticated();
        if (role.peerIsClient()) {
            // what tells the client waits itself if keys are being exchanged; what is of that exchange leaves before it
            kept.afterwards(this::compressOutbound, holding);
            if (inflates) {
                compression(true).ifPresent(SshCompressionHandler::inflateOnceItBegins);
            }
        } else {
            compressOutbound();
            compressInbound();
        }
    }

    @Override
    public void disconnect(DisconnectReason reason, String description) {
        if (ended) {
            return;
        }
        ChannelHandlerContext ctx = context();
        ended = true;
        release(new ClosedChannelException());
        if (!ctx.channel().isActive()) {
            return;
        }
        byte[] goodbye = new SshWriter(64)
                .writeByte(SshMessageNumber.DISCONNECT.number())
                .writeUint32(reason.code())
                .writeString(description)
                .writeString("")
                .toByteArray();
        ctx.writeAndFlush(Unpooled.wrappedBuffer(goodbye)).addListener(ChannelFutureListener.CLOSE);
        // a peer that reads nothing does not keep the connection
        Future<?> patience = loop().schedule(() -> ctx.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(closed -> patience.cancel(false));
    }

    // the pipeline

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended = true;
        release(new ClosedChannelException());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        release(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof VersionsExchanged exchanged) {
            versions = exchanged;
            ctx.fireUserEventTriggered(event);
            beginKeyExchange();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ended && !(cause instanceof IOException || cause instanceof SshProtocolException)) {
            // a fault of ours after the end is told all the same
            ctx.fireExceptionCaught(cause);
        } else {
            fail(cause);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf payload)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (ended) {
            payload.release();
            return;
        }
        boolean passedOn = false;
        try {
            int number = payload.getUnsignedByte(payload.readerIndex());
            check(number);
            if (isForOthers(number)) {
                passedOn = true;
                ctx.fireChannelRead(payload);
            } else {
                receive(ctx, number, ByteBufUtil.getBytes(payload));
            }
            renewKeysIfUsedUp();
        } catch (SshProtocolException e) {
            fail(e);
        } finally {
            if (!passedOn) {
                payload.release();
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf payload)) {
            ctx.write(message, promise);
        } else if (ended) {
            payload.release();
            promise.tryFailure(new ClosedChannelException());
        } else if (!holding || MessageGate.isAlwaysAllowed(payload.getUnsignedByte(payload.readerIndex()))) {
            ctx.write(payload, promise);
            renewKeysIfUsedUp();
        } else if (!kept.add(payload, promise)) {
            payload.release();
            SshProtocolException tooMuch = new SshProtocolException(
                    DisconnectReason.KEY_EXCHANGE_FAILED, "too much to be said while keys are exchanged");
            promise.tryFailure(tooMuch);
            fail(tooMuch);
        }
    }

    // messages

    private void check(int number) throws SshProtocolException {
        gate.check(number);
        KeyExchange running = exchange;
        boolean ofKeyExchange = isOfKeyExchange(number);
        if (!ofKeyExchange && !(extensionsMayCome && number == SshMessageNumber.EXT_INFO.number())) {
            extensionsMayCome = false;
        }
        if (running == null || ofKeyExchange || number == SshMessageNumber.DISCONNECT.number()) {
            return;
        }
        boolean harmless = MessageGate.isAlwaysAllowed(number);
        if (running.isPeerCommitted() && (!harmless || running.isFirst() && running.isStrict())) {
            throw SshProtocolException.malformed("message " + number + " within a key exchange");
        }
    }

    private static boolean isOfKeyExchange(int number) {
        MessageRange range = MessageRange.of(number);
        return range == MessageRange.NEGOTIATION || range == MessageRange.KEY_EXCHANGE;
    }

    private static boolean isForOthers(int number) {
        return switch (MessageRange.of(number)) {
            case TRANSPORT ->
                number == SshMessageNumber.SERVICE_REQUEST.number()
                        || number == SshMessageNumber.SERVICE_ACCEPT.number();
            case NEGOTIATION, KEY_EXCHANGE, NONE -> false;
            case LOCAL_EXTENSION ->
                number != SshMessageNumber.PING.number() && number != SshMessageNumber.PONG.number();
            case AUTHENTICATION, AUTHENTICATION_METHOD, GLOBAL_REQUEST, CHANNEL, RESERVED -> true;
        };
    }

    private void receive(ChannelHandlerContext ctx, int number, byte[] payload) throws SshProtocolException {
        if (isOfKeyExchange(number)) {
            receiveKeyExchange(number, payload);
        } else if (number == SshMessageNumber.DISCONNECT.number()) {
            goodbye(ctx, payload);
        } else if (number == SshMessageNumber.EXT_INFO.number()) {
            receiveExtensions(payload);
        } else if (number == SshMessageNumber.PING.number()) {
            pong(payload);
        } else if (!MessageGate.isAlwaysAllowed(number) && number != SshMessageNumber.PONG.number()) {
            unimplemented();
        }
    }

    private void receiveKeyExchange(int number, byte[] payload) throws SshProtocolException {
        KeyExchange running = exchange;
        if (running == null) {
            if (number != SshMessageNumber.KEXINIT.number() || versions == null) {
                throw SshProtocolException.malformed("message " + number + " outside a key exchange");
            }
            running = beginKeyExchange();
        }
        if (number == SshMessageNumber.NEWKEYS.number()) {
            decoder.awaitKeys();
        }
        running.receive(number, payload);
        if (number == SshMessageNumber.KEXINIT.number()) {
            checkStrictness(running);
        }
    }

    private void checkStrictness(KeyExchange running) throws SshProtocolException {
        if (!running.isFirst()) {
            return;
        }
        if (settings.requireStrict() && !running.isStrict()) {
            throw new SshProtocolException(
                    DisconnectReason.KEY_EXCHANGE_FAILED, "the peer has no strict key exchange, which is required");
        }
        if (running.isStrict() && decoder.lastSequence() != 0) {
            throw SshProtocolException.malformed("KEXINIT was not the first packet of a strict key exchange");
        }
    }

    private void goodbye(ChannelHandlerContext ctx, byte[] payload) throws SshProtocolException {
        SshReader reader = new SshReader(payload, 1, payload.length - 1);
        long reason = reader.readUint32();
        byte[] text = reader.readString();
        String description = new String(text, 0, Math.min(text.length, MAX_DESCRIPTION), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", "?");
        ended = true;
        release(new ClosedChannelException());
        ctx.fireUserEventTriggered(new PeerDisconnected(reason, description));
        ctx.close();
    }

    private void receiveExtensions(byte[] payload) throws SshProtocolException {
        // a server may tell more just before it lets the client in (RFC 8308 section 2.4)
        boolean again = !role.peerIsClient() && extensionsCame == 1 && gate.phase() == MessageGate.Phase.AUTHENTICATION;
        if (!extensionsMayCome && !again) {
            throw SshProtocolException.malformed("EXT_INFO where none may come");
        }
        extensionsMayCome = false;
        extensionsCame++;
        List<String> algorithms = ExtensionInfo.decode(payload).signatureAlgorithms();
        if (!algorithms.isEmpty()) {
            peerSignatureAlgorithms = algorithms;
        }
    }

    private void pong(byte[] ping) throws SshProtocolException {
        SshReader reader = new SshReader(ping, 1, ping.length - 1);
        byte[] data = reader.readString();
        reader.expectEnd();
        answer(new SshWriter(data.length + 5)
                .writeByte(SshMessageNumber.PONG.number())
                .writeString(data)
                .toByteArray());
    }

    /** Sends what the peer has provoked, of which it cannot provoke any number without reading. */
    private void answer(byte[] payload) {
        if (unsentAnswers >= MAX_UNSENT_ANSWERS) {
            fail(new SshProtocolException(
                    DisconnectReason.PROTOCOL_ERROR, "the peer wants answers without end, and reads none"));
            return;
        }
        unsentAnswers++;
        ChannelHandlerContext ctx = context();
        ChannelPromise promise = ctx.newPromise();
        promise.addListener(sent -> unsentAnswers--);
        write(ctx, Unpooled.wrappedBuffer(payload), promise);
        ctx.flush();
    }

    // key exchange

    private KeyExchange beginKeyExchange() {
        boolean first = sessionId == null;
        KexInit own = new KexInit(first ? withMarkers(settings.algorithms()) : settings.algorithms(), false);
        byte[] payload = own.encode(random);
        KeyExchange.Start start = new KeyExchange.Start(versions(), own, payload, sessionId, strict, random);
        KeyExchange begun = role instanceof TransportRole.Client client
                ? new ClientKeyExchange(surroundings, start, client.verifier())
                : new ServerKeyExchange(surroundings, start, ((TransportRole.Server) role).hostKeys());
        exchange = begun;
        hold(true);
        cancel(rekeyTimer);
        deadline = loop().schedule(
                        () -> fail(new SshProtocolException(
                                DisconnectReason.KEY_EXCHANGE_FAILED,
                                "the key exchange took longer than " + settings.keyExchangeTime())),
                        settings.keyExchangeTime().toMillis(),
                        TimeUnit.MILLISECONDS);
        surroundings.send(payload);
        return begun;
    }

    private AlgorithmProposal withMarkers(AlgorithmProposal proposal) {
        List<String> methods = new ArrayList<>(proposal.keyExchanges());
        methods.add((role.peerIsClient() ? KexMarker.EXT_INFO_SERVER : KexMarker.EXT_INFO_CLIENT).wireName());
        methods.add((role.peerIsClient() ? KexMarker.STRICT_SERVER : KexMarker.STRICT_CLIENT).wireName());
        return new AlgorithmProposal(
                methods,
                proposal.hostKeys(),
                proposal.ciphersToServer(),
                proposal.ciphersToClient(),
                proposal.macsToServer(),
                proposal.macsToClient(),
                proposal.compressionsToServer(),
                proposal.compressionsToClient());
    }

    private void renewKeysIfUsedUp() {
        if (exchange == null && gate.phase() == MessageGate.Phase.CONNECTION && !ended) {
            RekeyLimits limits = settings.rekey();
            if (limits.reached(decoder.usage()) || limits.reached(encoder.usage())) {
                beginKeyExchange();
            }
        }
    }

    /** Whether the layers above must not send. The channel tells them by its writability. */
    private void hold(boolean held) {
        holding = held;
        ChannelOutboundBuffer buffer = context().channel().unsafe().outboundBuffer();
        if (buffer != null) {
            buffer.setUserDefinedWritability(WRITABILITY, !held);
        }
    }

    private void completed(KeyExchange done) {
        ChannelHandlerContext ctx = context();
        cancel(deadline);
        exchange = null;
        Negotiation agreed = done.negotiation().orElseThrow();
        negotiated = agreed;
        rekeyTimer = loop().schedule(
                        () -> {
                            if (exchange == null && gate.phase() == MessageGate.Phase.CONNECTION && !ended) {
                                beginKeyExchange();
                            }
                        },
                        settings.rekey().time().toMillis(),
                        TimeUnit.MILLISECONDS);
        if (done.isFirst()) {
            gate.enter(MessageGate.Phase.AUTHENTICATION);
            extensionsMayCome = true;
            ctx.fireUserEventTriggered(new TransportReady(this));
        } else {
            ctx.fireUserEventTriggered(new KeysRenewed(agreed));
        }
    }

    private final class Surroundings implements KexSurroundings {

        @Override
        public void send(byte[] payload) {
            context().writeAndFlush(Unpooled.wrappedBuffer(payload));
        }

        @Override
        public void sendUnder(PacketCipher cipher, boolean resetSequence) {
            send(NEW_KEYS.clone());
            if (ended) {
                // that has failed
                return;
            }
            KeyExchange running = running();
            encoder.awaitKeys();
            encoder.newKeys(cipher, resetSequence);
            if (running.isFirst()) {
                sessionId = running.hash();
                hostKey = running.hostKey();
                strict = running.isStrict();
                sendExtensions(running);
            }
            deflates = isCompressed(running, role.peerIsClient());
            if (compressesOutbound) {
                compressOutbound();
            }
            kept.writeTo(context());
            hold(false);
            context().flush();
        }

        private void sendExtensions(KeyExchange running) {
            Negotiation.Markers markers = running.negotiation().orElseThrow().markers();
            if (role.peerIsClient() && markers.clientTakesExtInfo()) {
                send(ExtensionInfo.ofServer(settings.signatureAlgorithms()).encode());
            } else if (!role.peerIsClient() && markers.serverTakesExtInfo()) {
                send(ExtensionInfo.ofClient().encode());
            }
        }

        @Override
        public void receiveUnder(PacketCipher cipher, boolean resetSequence) {
            if (ended) {
                return;
            }
            inflates = isCompressed(running(), !role.peerIsClient());
            if (gate.phase() == MessageGate.Phase.CONNECTION) {
                compressInbound();
            }
            completed(running());
            // last: what is kept below may be read at once
            decoder.newKeys(cipher, resetSequence);
        }

        @Override
        public <T> void compute(Callable<T> task, Completion<T> completion) {
            Callable<T> ifWanted = () -> {
                if (ended) {
                    // whoever begins exchanges and leaves costs no more than that
                    throw new ClosedChannelException();
                }
                return task.call();
            };
            WorkerLane lane = gate.phase() == MessageGate.Phase.CONNECTION ? lanes.ofUser() : lanes.ofStranger();
            lane.<T>call(ifWanted, loop(), (value, failure) -> {
                if (!ended) {
                    completion.done(value, failure);
                }
            });
        }

        @Override
        public void failed(Throwable cause) {
            fail(cause);
        }

        private KeyExchange running() {
            KeyExchange running = exchange;
            if (running == null) {
                throw new IllegalStateException("no key exchange");
            }
            return running;
        }
    }

    // compression, which begins anew with each exchange once the user is logged in

    private void compressOutbound() {
        compressesOutbound = true;
        compression(deflates).ifPresent(handler -> handler.deflate(deflates));
    }

    private void compressInbound() {
        compression(inflates).ifPresent(handler -> handler.inflate(inflates));
    }

    private static boolean isCompressed(KeyExchange done, boolean toClient) {
        Negotiation agreed = done.negotiation().orElseThrow();
        Negotiation.Direction direction = toClient ? agreed.toClient() : agreed.toServer();
        return direction.compression().equals(SshCompressionHandler.NAME);
    }

    /** The handler, if it is there or needed. */
    private Optional<SshCompressionHandler> compression(boolean needed) {
        if (compression == null && needed) {
            SshCompressionHandler made = new SshCompressionHandler();
            compression = made;
            context().pipeline().addBefore(context().name(), null, made);
        }
        return Optional.ofNullable(compression);
    }

    // the end

    private void fail(Throwable cause) {
        if (ended) {
            return;
        }
        if (cause instanceof HostRefusedException refused) {
            context().fireUserEventTriggered(new TransportFailed(refused.reason()));
            disconnect(DisconnectReason.HOST_KEY_NOT_VERIFIABLE, "");
            return;
        }
        context().fireUserEventTriggered(new TransportFailed(cause));
        if (cause instanceof SshProtocolException protocol) {
            disconnect(protocol.reason(), "");
        } else if (cause instanceof IOException) {
            // the connection is broken: there is nobody to be told
            context().close();
        } else {
            disconnect(DisconnectReason.BY_APPLICATION, "");
        }
    }

    private void release(Throwable cause) {
        cancel(deadline);
        cancel(rekeyTimer);
        exchange = null;
        kept.fail(cause);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private ConnectionLoop loop() {
        return new ConnectionLoop(context().channel());
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    private VersionsExchanged versions() {
        VersionsExchanged exchanged = versions;
        if (exchanged == null) {
            throw new IllegalStateException("no identification yet");
        }
        return exchanged;
    }
}
