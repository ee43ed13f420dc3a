package io.portolan.ftps.internal;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of BoringSSL's session tickets, made and changed by us instead of by BoringSSL, so that we can read whose a ticket is: in the form of RFC 5077 §4, with the session in BoringSSL's own encoding
 * (ASN.1, the session-id context under [4]). From any thread.
 */
final class TicketKeys {

    /** How long a key makes tickets (RFC 9325 §3.4); the one before is good for reading for as long again, in which all its tickets expire. */
    static final long LIFE_NANOS = TimeUnit.DAYS.toNanos(1);

    private static final int NAME = OpenSslSessionTicketKey.NAME_SIZE;
    private static final int IV = 16;
    private static final int TAG = 32;

    /** DER: a sequence, and [4] in it. */
    private static final int SEQUENCE = 0x30;

    private static final int SESSION_ID_CONTEXT = 0xa4;
    private static final int OCTET_STRING = 0x04;
    private static final int LONG_LENGTH = 0x80;

    /** The three keys that the tickets of one time are made with. */
    private static final class Generation {
        private final byte[] name;
        private final byte[] mac;
        private final byte[] cipher;

        Generation(byte[] name, byte[] mac, byte[] cipher) {
            this.name = name;
            this.mac = mac;
            this.cipher = cipher;
        }

        OpenSslSessionTicketKey forBoringSsl() {
            return new OpenSslSessionTicketKey(name, mac, cipher);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private Generation current;

    /** Guarded by this. */
    private @Nullable Generation previous;

    /** Guarded by this. */
    private long changedAt;

    TicketKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.current = newGeneration();
        this.changedAt = nanoTime.getAsLong();
    }

    private Generation newGeneration() {
        return new Generation(
                octets(NAME),
                octets(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                octets(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /** Changes the key if it is time to. Returns whether BoringSSL has to be told. */
    synchronized boolean change() {
        long now = nanoTime.getAsLong();
        if (now - changedAt < LIFE_NANOS) {
            return false;
        }
        // one that nobody began a session with for so long has no tickets any more
        previous = now - changedAt < 2 * LIFE_NANOS ? current : null;
        current = newGeneration();
        changedAt = now;
        return true;
    }

    /** For BoringSSL: the one that it makes tickets with, and one that it reads them with as well. */
    synchronized OpenSslSessionTicketKey[] forBoringSsl() {
        Generation before = previous;
        return before == null
                ? new OpenSslSessionTicketKey[] {current.forBoringSsl()}
                : new OpenSslSessionTicketKey[] {current.forBoringSsl(), before.forBoringSsl()};
    }

    /** The session-id context of a ticket's session; empty if it is not one of ours. */
    Optional<byte[]> sessionIdContext(byte[] ticket) {
        Generation key = keyOf(ticket);
        if (key == null || ticket.length <= NAME + IV + TAG) {
            return Optional.empty();
        }
        try {
            return contextIn(ByteBuffer.wrap(decrypt(key, ticket)));
        } catch (GeneralSecurityException | BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private synchronized @Nullable Generation keyOf(byte[] ticket) {
        if (startsWith(ticket, current.name)) {
            return current;
        }
        Generation before = previous;
        return before != null && startsWith(ticket, before.name) ? before : null;
    }

    private static boolean startsWith(byte[] ticket, byte[] name) {
        return ticket.length >= name.length && Arrays.equals(ticket, 0, name.length, name, 0, name.length);
    }

    private static byte[] decrypt(Generation key, byte[] ticket) throws GeneralSecurityException {
        int end = ticket.length - TAG;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.mac, "HmacSHA256"));
        mac.update(ticket, 0, end);
        if (!MessageDigest.isEqual(mac.doFinal(), Arrays.copyOfRange(ticket, end, ticket.length))) {
            throw new GeneralSecurityException("not a ticket of ours");
        }
        // what was encrypted has been authenticated: nothing is told by how the padding fails
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.cipher, "AES"), new IvParameterSpec(ticket, NAME, IV));
        return cipher.doFinal(ticket, NAME + IV, end - NAME - IV);
    }

    private static Optional<byte[]> contextIn(ByteBuffer session) {
        if (Byte.toUnsignedInt(session.get()) != SEQUENCE) {
            return Optional.empty();
        }
        session.limit(length(session) + session.position());
        while (session.hasRemaining()) {
            int tag = Byte.toUnsignedInt(session.get());
            int length = length(session);
            if (tag == SESSION_ID_CONTEXT) {
                if (Byte.toUnsignedInt(session.get()) != OCTET_STRING) {
                    return Optional.empty();
                }
                byte[] context = new byte[length(session)];
                session.get(context);
                return Optional.of(context);
            }
            session.position(session.position() + length);
        }
        return Optional.empty();
    }

    /** DER's length, of up to three octets, which is more than a ticket can have. */
    private static int length(ByteBuffer der) {
        int first = Byte.toUnsignedInt(der.get());
        if (first < LONG_LENGTH) {
            return first;
        }
        int octets = first - LONG_LENGTH;
        if (octets > 3) {
            throw new IllegalArgumentException("too long");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | Byte.toUnsignedInt(der.get());
        }
        return length;
    }
}
