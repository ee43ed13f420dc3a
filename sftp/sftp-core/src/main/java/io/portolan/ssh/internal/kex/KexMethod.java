package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.key.NistCurve;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method of key exchange in which the client sends one share and the server one back (SSH_MSG_KEX_ECDH_INIT and _REPLY, RFC 5656 section 4; the hybrid
 * methods have the same two messages under other names), and for one of them agree on a group before that. Immutable; each exchange is an object of its own.
 */
public final class KexMethod {

    private static final String GROUP_EXCHANGE = "diffie-hellman-group-exchange-sha256";
    private static final byte[] NOTHING = {};
    private static final Map<String, KexMethod> ALL = table();

    private final String name;
    private final String digest;
    private final boolean hybrid;
    private final @Nullable KeyAgreement agreement;
    private final byte[] hashedGroup;

    private KexMethod(
            String name, String digest, boolean hybrid, @Nullable KeyAgreement agreement, byte[] hashedGroup) {
        this.name = name;
        this.digest = digest;
        this.hybrid = hybrid;
        this.agreement = agreement;
        this.hashedGroup = hashedGroup;
    }

    private static Map<String, KexMethod> table() {
        Map<String, KexMethod> table = new LinkedHashMap<>();
        KeyAgreement x25519 = new X25519Agreement();
        KeyAgreement p256 = new EcdhAgreement(NistCurve.P256);
        KeyAgreement p384 = new EcdhAgreement(NistCurve.P384);
        KeyAgreement p521 = new EcdhAgreement(NistCurve.P521);
        Kem sntrup = new Sntrup761();
        hybrid(table, "mlkem768x25519-sha256", "SHA-256", MlKem.ML_KEM_768, x25519, X25519Agreement.OCTETS);
        hybrid(table, "mlkem768nistp256-sha256", "SHA-256", MlKem.ML_KEM_768, p256, NistCurve.P256.pointOctets());
        hybrid(table, "mlkem1024nistp384-sha384", "SHA-384", MlKem.ML_KEM_1024, p384, NistCurve.P384.pointOctets());
        hybrid(table, "sntrup761x25519-sha512", "SHA-512", sntrup, x25519, X25519Agreement.OCTETS);
        hybrid(table, "sntrup761x25519-sha512@openssh.com", "SHA-512", sntrup, x25519, X25519Agreement.OCTETS);
        classical(table, "curve25519-sha256", "SHA-256", x25519);
        classical(table, "curve25519-sha256@libssh.org", "SHA-256", x25519);
        classical(table, "ecdh-sha2-nistp256", NistCurve.P256.digest(), p256);
        classical(table, "ecdh-sha2-nistp384", NistCurve.P384.digest(), p384);
        classical(table, "ecdh-sha2-nistp521", NistCurve.P521.digest(), p521);
        classical(table, "diffie-hellman-group16-sha512", "SHA-512", ModpAgreement.GROUP_16);
        classical(table, "diffie-hellman-group18-sha512", "SHA-512", ModpAgreement.GROUP_18);
        classical(table, "diffie-hellman-group14-sha256", "SHA-256", ModpAgreement.GROUP_14);
        table.put(GROUP_EXCHANGE, new KexMethod(GROUP_EXCHANGE, "SHA-256", false, null, NOTHING));
        return Collections.unmodifiableMap(table);
    }

    private static void hybrid(
            Map<String, KexMethod> table,
            String name,
            String digest,
            Kem kem,
            KeyAgreement classical,
            int classicalOctets) {
        KeyAgreement agreement = new HybridAgreement(kem, classical, classicalOctets, digest);
        table.put(name, new KexMethod(name, digest, true, agreement, NOTHING));
    }

    private static void classical(Map<String, KexMethod> table, String name, String digest, KeyAgreement agreement) {
        table.put(name, new KexMethod(name, digest, false, agreement, NOTHING));
    }

    /** The method of a name, if we have it. */
    public static Optional<KexMethod> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** All names, the best first: what no quantum computer breaks, then what is fastest. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** As it stands in KEXINIT. */
    public String name() {
        return name;
    }

    /**
     * Whether the two first agree on a group, by two messages more (RFC 4419). Only what {@link #in} then gives can begin and answer.
     */
    public boolean exchangesGroup() {
        return name.equals(GROUP_EXCHANGE);
    }

    /** This method with the group that the two agreed on. */
    public KexMethod in(GroupRequest request, ModpGroup group) {
        if (!exchangesGroup()) {
            throw new IllegalStateException(name + " has its group already");
        }
        SshWriter hashed = new SshWriter(2 * GroupRequest.MAX_BITS / Byte.SIZE);
        request.write(hashed);
        group.write(hashed);
        return new KexMethod(name, digest, hybrid, new ModpAgreement(group), hashed.toByteArray());
    }

    /** What is hashed between the host key and the shares: nothing, or request and group. */
    byte[] hashedGroup() {
        return hashedGroup;
    }

    private KeyAgreement agreement() {
        KeyAgreement known = agreement;
        if (known == null) {
            throw new IllegalStateException(name + " has no group yet");
        }
        return known;
    }

    /** A digest for the exchange hash and the keys that follow from it. */
    MessageDigest newDigest() {
        return Digests.named(digest);
    }

    /** Begins as the client. */
    public ClientExchange begin(SecureRandom random) {
        return new ClientExchange(this, agreement().begin(random));
    }

    /**
     * Does all of the server's part.
     *
     * @throws SshProtocolException if the client's share is none
     */
    public ServerExchange answer(byte[] clientShare, SecureRandom random) throws SshProtocolException {
        KeyAgreement.ServerHalf half = agreement().answer(clientShare, random);
        return new ServerExchange(half.share(), secret(half.secret()));
    }

    SharedSecret secret(byte[] raw) {
        return hybrid ? SharedSecret.octets(raw) : SharedSecret.number(raw);
    }
}
