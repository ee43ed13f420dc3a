package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.kex.GroupRequest;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.kex.KexTranscript;
import io.portolan.ssh.internal.kex.ModpGroup;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.packet.PacketCipher;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.version.VersionsExchanged;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key exchange, from our KEXINIT to both sides' NEWKEYS (RFC 4253 sections 7 and 8). What computes does so on a worker. On the event loop only.
 *
 * <p>{@link KexStep} says which message may come; the two subclasses say what each role makes of it.
 */
abstract sealed class KeyExchange permits ServerKeyExchange, ClientKeyExchange {

    final KexSurroundings around;
    final SecureRandom random;
    private final VersionsExchanged versions;
    private final KexInit own;
    private final byte[] ownPayload;
    private final byte @Nullable [] firstHash;
    private final boolean strictBefore;

    private KexStep step = KexStep.AWAIT_INIT;
    private @Nullable Agreed agreed;
    private boolean skipsGuess;
    private boolean newKeysCame;
    private @Nullable PacketCipher inbound;
    private byte @Nullable [] hash;
    private byte @Nullable [] hostKey;

    /** What both KEXINITs together say. */
    record Agreed(Negotiation negotiation, KexMethod method, KexTranscript transcript) {}

    /** What is known before it begins. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once
    record Start(
            VersionsExchanged versions,
            KexInit own,
            byte[] ownPayload,
            byte @Nullable [] sessionId,
            boolean strict,
            SecureRandom random) {}

    KeyExchange(KexSurroundings around, Start start) {
        this.around = around;
        this.random = start.random();
        this.versions = start.versions();
        this.own = start.own();
        this.ownPayload = start.ownPayload();
        this.firstHash = start.sessionId();
        this.strictBefore = start.strict();
    }

    abstract boolean isServer();

    /** Both KEXINITs are here. Moves on. */
    abstract void begin(Agreed agreement);

    /** What concerns the group is here, for the one method that has such. Moves on. */
    abstract void receiveGroup(SshReader message, Agreed agreement) throws SshProtocolException;

    /** The other side's share is here. Moves on. */
    abstract void receiveShare(SshReader message, Agreed agreement) throws SshProtocolException;

    KexStep step() {
        return step;
    }

    void moveTo(KexStep next) {
        step = next;
    }

    /** Whether the peer's KEXINIT is here; from then on it may send nothing but the key exchange's messages. */
    boolean isPeerCommitted() {
        return agreed != null;
    }

    boolean isFirst() {
        return firstHash == null;
    }

    Optional<Negotiation> negotiation() {
        return Optional.ofNullable(agreed).map(Agreed::negotiation);
    }

    /** Whether sequence numbers begin anew and nothing may come in between: agreed upon in the first exchange, and then for good. */
    boolean isStrict() {
        Agreed known = agreed;
        return isFirst() ? known != null && known.negotiation().markers().strict() : strictBefore;
    }

    boolean isDone() {
        return step == KexStep.DONE;
    }

    /** The hash of the connection's first exchange, which may be this one. */
    byte[] sessionId(byte[] exchangeHash) {
        byte[] first = firstHash;
        return first == null ? exchangeHash : first;
    }

    /** H of this exchange, once it is computed. */
    byte[] hash() {
        byte[] computed = hash;
        if (computed == null) {
            throw new IllegalStateException("the exchange hash is not computed");
        }
        return computed;
    }

    /** The blob by which the server has shown who it is. */
    byte[] hostKey() {
        byte[] shown = hostKey;
        if (shown == null) {
            throw new IllegalStateException("the server has not shown its key");
        }
        return shown;
    }

    /**
     * Takes a message of the key exchange.
     *
     * @param number its number
     * @param payload all of it
     */
    void receive(int number, byte[] payload) throws SshProtocolException {
        if (skipsGuess && isMethodMessage(number)) {
            // a wrong guess, sent before the peer knew (RFC 4253 section 7)
            skipsGuess = false;
            return;
        }
        if (!step.expects(number)) {
            throw SshProtocolException.malformed("message " + number + " in the key exchange's step " + step);
        }
        if (number == SshMessageNumber.KEXINIT.number()) {
            agree(payload);
        } else if (number == SshMessageNumber.NEWKEYS.number()) {
            if (payload.length != 1) {
                throw SshProtocolException.malformed("NEWKEYS with something behind it");
            }
            newKeysCame = true;
            useInbound();
        } else {
            SshReader message = new SshReader(payload, 1, payload.length - 1);
            if (step == KexStep.AWAIT_GROUP_REQUEST || step == KexStep.AWAIT_GROUP) {
                receiveGroup(message, agreement());
            } else {
                receiveShare(message, agreement());
            }
        }
    }

    private static boolean isMethodMessage(int number) {
        return number >= 30 && number <= 49;
    }

    private void agree(byte[] payload) throws SshProtocolException {
        KexInit peer = KexInit.decode(payload);
        KexInit client = isServer() ? peer : own;
        KexInit server = isServer() ? own : peer;
        Negotiation negotiation = Negotiation.of(
                client.algorithms(),
                server.algorithms(),
                name -> SshCipher.named(name).orElseThrow().isAuthenticated());
        KexMethod method = KexMethod.named(negotiation.keyExchange()).orElseThrow();
        KexTranscript transcript = isServer()
                ? new KexTranscript(versions.remote(), versions.local(), payload, ownPayload)
                : new KexTranscript(versions.local(), versions.remote(), ownPayload, payload);
        skipsGuess = peer.guessFollows() && !negotiation.guessRight();
        Agreed now = new Agreed(negotiation, method, transcript);
        agreed = now;
        begin(now);
    }

    /** The two have agreed on a group. */
    Agreed inGroup(Agreed before, GroupRequest request, ModpGroup group) {
        Agreed now = new Agreed(before.negotiation(), before.method().in(request, group), before.transcript());
        agreed = now;
        return now;
    }

    private Agreed agreement() {
        Agreed known = agreed;
        if (known == null) {
            throw new IllegalStateException("no KEXINIT yet");
        }
        return known;
    }

    /** All is computed, and verified where there is something to verify: sends NEWKEYS. */
    void finish(byte[] exchangeHash, byte[] serverKey, DirectionKeys keys) {
        hash = exchangeHash;
        hostKey = serverKey;
        inbound = isServer() ? keys.toServer() : keys.toClient();
        around.sendUnder(isServer() ? keys.toClient() : keys.toServer(), isStrict());
        step = KexStep.AWAIT_NEW_KEYS;
        useInbound();
    }

    private void useInbound() {
        PacketCipher cipher = inbound;
        if (newKeysCame && cipher != null) {
            step = KexStep.DONE;
            around.receiveUnder(cipher, isStrict());
        } else if (newKeysCame) {
            // it may not come twice while the worker is still at it
            step = KexStep.PREPARE;
        }
    }
}
