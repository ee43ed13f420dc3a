package io.portolan.ssh;

import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.packet.SshMac;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which algorithms are offered, the best first; of two proposals the client's order decides (RFC 4253 section 7.1). Start from a preset, and change what must be changed.
 * None of the presets has CBC, SHA-1, MD5 or DSA, nor can they be had. Immutable.
 */
public final class SshAlgorithms {

    private static final List<String> MODERN_KEY_EXCHANGES = List.of(
            "mlkem768x25519-sha256",
            "mlkem768nistp256-sha256",
            "mlkem1024nistp384-sha384",
            "sntrup761x25519-sha512",
            "sntrup761x25519-sha512@openssh.com",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521");

    private static final List<String> PLAIN_HOST_KEYS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");

    /** With certificates first, as who knows the CA need not know the key. */
    private static final List<String> HOST_KEYS = concat(
            PLAIN_HOST_KEYS.stream().map(name -> name + "-cert-v01@openssh.com").toList(), PLAIN_HOST_KEYS);

    private static final List<String> CIPHERS = List.of(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com",
            "aes128-ctr",
            "aes192-ctr",
            "aes256-ctr");

    private static final List<String> MACS =
            List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512");

    private static final SshAlgorithms MODERN =
            new SshAlgorithms(MODERN_KEY_EXCHANGES, HOST_KEYS, CIPHERS, MACS, false, false);

    private final List<String> keyExchanges;
    private final List<String> hostKeys;
    private final List<String> ciphers;
    private final List<String> macs;
    private final boolean compression;
    private final boolean strictKeyExchangeRequired;

    private SshAlgorithms(
            List<String> keyExchanges,
            List<String> hostKeys,
            List<String> ciphers,
            List<String> macs,
            boolean compression,
            boolean strictKeyExchangeRequired) {
        this.keyExchanges = keyExchanges;
        this.hostKeys = hostKeys;
        this.ciphers = ciphers;
        this.macs = macs;
        this.compression = compression;
        this.strictKeyExchangeRequired = strictKeyExchangeRequired;
    }

    /**
     * What every client of the last ten years can do, and what no quantum computer breaks first. The default.
     *
     * @return the algorithms
     */
    public static SshAlgorithms modern() {
        return MODERN;
    }

    /**
     * As {@link #modern()}, and behind that Diffie-Hellman modulo primes of 2,048 to 8,192 bits, in known groups or in one of the server's, for old peers. These make a server compute for
     * milliseconds on a stranger's word.
     *
     * @return the algorithms
     */
    public static SshAlgorithms compatible() {
        return MODERN.withKeyExchanges(concat(
                MODERN_KEY_EXCHANGES,
                List.of(
                        "diffie-hellman-group16-sha512",
                        "diffie-hellman-group18-sha512",
                        "diffie-hellman-group14-sha256",
                        "diffie-hellman-group-exchange-sha256")));
    }

    /**
     * Algorithms of FIPS 140-3 only: ML-KEM and NIST's curves, AES, SHA-2. It says nothing of the module that computes them, which is the Java runtime's.
     *
     * @return the algorithms
     */
    public static SshAlgorithms fipsLike() {
        return new SshAlgorithms(
                List.of(
                        "mlkem768nistp256-sha256",
                        "mlkem1024nistp384-sha384",
                        "ecdh-sha2-nistp256",
                        "ecdh-sha2-nistp384",
                        "ecdh-sha2-nistp521"),
                HOST_KEYS,
                CIPHERS.stream().filter(name -> name.startsWith("aes")).toList(),
                MACS,
                false,
                false);
    }

    /**
     * The same with other key exchanges.
     *
     * @param names as RFC 4250 section 4.11.1 and the vendors have them, the best first
     * @return the algorithms
     * @throws IllegalArgumentException if there is none, one twice, or one that we do not have
     */
    public SshAlgorithms withKeyExchanges(List<String> names) {
        List<String> checked =
                checked("keyExchanges", names, name -> KexMethod.named(name).isPresent());
        return new SshAlgorithms(checked, hostKeys, ciphers, macs, compression, strictKeyExchangeRequired);
    }

    /**
     * The same with other signatures of host keys.
     *
     * @param names such as {@code ssh-ed25519} and {@code rsa-sha2-512}, the best first
     * @return the algorithms
     * @throws IllegalArgumentException if there is none, one twice, or one that we do not have
     */
    public SshAlgorithms withHostKeys(List<String> names) {
        List<String> checked = checked("hostKeys", names, HOST_KEYS::contains);
        return new SshAlgorithms(keyExchanges, checked, ciphers, macs, compression, strictKeyExchangeRequired);
    }

    /**
     * The same with other ciphers, for both directions.
     *
     * @param names such as {@code aes128-gcm@openssh.com}, the best first
     * @return the algorithms
     * @throws IllegalArgumentException if there is none, one twice, or one that we do not have
     */
    public SshAlgorithms withCiphers(List<String> names) {
        List<String> checked =
                checked("ciphers", names, name -> SshCipher.named(name).isPresent());
        return new SshAlgorithms(keyExchanges, hostKeys, checked, macs, compression, strictKeyExchangeRequired);
    }

    /**
     * The same with other message authentication codes, for both directions. Ciphers that authenticate by themselves use none of them.
     *
     * @param names such as {@code hmac-sha2-256-etm@openssh.com}, the best first
     * @return the algorithms
     * @throws IllegalArgumentException if there is none, one twice, or one that we do not have
     */
    public SshAlgorithms withMacs(List<String> names) {
        List<String> checked = checked("macs", names, name -> SshMac.named(name).isPresent());
        return new SshAlgorithms(keyExchanges, hostKeys, ciphers, checked, compression, strictKeyExchangeRequired);
    }

    /**
     * The same, with compression ({@code zlib@openssh.com}): by a client with each server that has it, by a server with each client that prefers it. It begins when the user is logged in. It pays on slow lines only, and what
     * is compressed tells by its length something of its content.
     *
     * @return the algorithms
     */
    public SshAlgorithms withCompression() {
        return new SshAlgorithms(keyExchanges, hostKeys, ciphers, macs, true, strictKeyExchangeRequired);
    }

    /**
     * The same for peers only that have strict key exchange, which is the answer to the Terrapin attack (CVE-2023-48795). Without it the ciphers are such that the
     * attack finds nothing but an extension to remove or a delay to cause; all peers have it that were kept up to date since 2024.
     *
     * @return the algorithms
     */
    public SshAlgorithms withStrictKeyExchangeRequired() {
        return new SshAlgorithms(keyExchanges, hostKeys, ciphers, macs, compression, true);
    }

    /**
     * Key exchanges.
     *
     * @return names, the best first
     */
    public List<String> keyExchanges() {
        return keyExchanges;
    }

    /**
     * Signatures of host keys; a server offers those that it has a key for, and those with {@code -cert-} in their names if it has a certificate of the key.
     *
     * @return names, the best first
     */
    public List<String> hostKeys() {
        return hostKeys;
    }

    /**
     * Ciphers.
     *
     * @return names, the best first
     */
    public List<String> ciphers() {
        return ciphers;
    }

    /**
     * Message authentication codes.
     *
     * @return names, the best first
     */
    public List<String> macs() {
        return macs;
    }

    /**
     * Whether {@code zlib@openssh.com} is offered.
     *
     * @return false unless it was asked for
     */
    public boolean isCompressionOffered() {
        return compression;
    }

    /**
     * Whether peers without strict key exchange are refused.
     *
     * @return false unless it was asked for
     */
    public boolean isStrictKeyExchangeRequired() {
        return strictKeyExchangeRequired;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<String> checked(String setting, List<String> names, Predicate<String> known) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(setting + ": is empty");
        }
        for (String name : names) {
            if (!known.test(Objects.requireNonNull(name, setting))) {
                throw new IllegalArgumentException(setting + ": " + name + " is none that there is");
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(setting + ": " + names + " has one twice");
        }
        return List.copyOf(names);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof SshAlgorithms that
                && keyExchanges.equals(that.keyExchanges)
                && hostKeys.equals(that.hostKeys)
                && ciphers.equals(that.ciphers)
                && macs.equals(that.macs)
                && compression == that.compression
                && strictKeyExchangeRequired == that.strictKeyExchangeRequired;
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyExchanges, hostKeys, ciphers, macs, compression, strictKeyExchangeRequired);
    }

    @Override
    public String toString() {
        return "SshAlgorithms[" + keyExchanges + ", " + hostKeys + ", " + ciphers + ", " + macs
                + (compression ? ", zlib@openssh.com" : "")
                + (strictKeyExchangeRequired ? ", strict key exchange required" : "") + "]";
    }
}
