package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A certificate of a user's or a host's key (OpenSSH's PROTOCOL.certkeys), whose names end in {@code -cert-v01@openssh.com}. That it can be read says nothing: who trusts it has to look at
 * the kind, the signature, the CA, the time, the principals and all critical options. Immutable.
 */
public final class SshCertificate {

    /** Behind the type of the key that is certified, or in the middle of it. */
    public static final String SUFFIX = "-cert-v01@openssh.com";

    private static final String VENDOR = "@openssh.com";

    /** Two RSA keys and a signature of the most bits are 6 KiB; the rest is for names. It fits into a packet before login. */
    public static final int MAX_BLOB_OCTETS = 32 * 1024;

    /** OpenSSH's limit. */
    static final int MAX_PRINCIPALS = 256;

    /** More than anybody has defined, several times. */
    static final int MAX_OPTIONS = 64;

    /** Of one name: of a principal, of an option, of the key. */
    static final int MAX_NAME_OCTETS = 1024;

    /** Of what an option says, such as a list of addresses. */
    static final int MAX_VALUE_OCTETS = 8 * 1024;

    /** "Forever", in both directions far beyond what {@link Instant} prints. */
    private static final long FOREVER = -1L;

    /** Whose key it certifies. */
    public enum Kind {
        /** Not a kind that there is. */
        UNKNOWN,
        /** A user's. */
        USER,
        /** A host's. */
        HOST
    }

    private final String type;
    private final byte[] blob;
    private final int signedOctets;
    private final SshPublicKey key;
    private final long serial;
    private final Kind kind;
    private final String keyId;
    private final List<String> principals;
    private final long validAfter;
    private final long validBefore;
    private final Map<String, byte[]> criticalOptions;
    private final Map<String, byte[]> extensions;
    private final SshPublicKey authority;
    private final byte[] signature;

    private SshCertificate(byte[] blob) throws SshProtocolException {
        SshReader reader = new SshReader(blob);
        this.blob = blob;
        type = reader.readName();
        reader.readString(MAX_NAME_OCTETS); // nonce
        key = PublicKeyFields.read(keyType(type), reader);
        serial = reader.readUint64();
        kind = kind(reader.readUint32());
        keyId = reader.readUtf8(MAX_NAME_OCTETS);
        principals = principals(reader.readNested());
        validAfter = reader.readUint64();
        validBefore = reader.readUint64();
        criticalOptions = options(reader.readNested());
        extensions = options(reader.readNested());
        reader.readString(MAX_VALUE_OCTETS); // reserved
        authority = SshPublicKey.decode(reader.readString(SshPublicKey.MAX_BLOB_OCTETS));
        signedOctets = blob.length - reader.remaining();
        signature = reader.readString();
        reader.expectEnd();
    }

    /**
     * Reads a certificate.
     *
     * @throws SshProtocolException if it is malformed, or has keys that we do not take
     */
    public static SshCertificate decode(byte[] blob) throws SshProtocolException {
        if (blob.length > MAX_BLOB_OCTETS) {
            throw SshProtocolException.malformed("a certificate of " + blob.length + " octets");
        }
        return new SshCertificate(blob.clone());
    }

    /** The type at the beginning of a blob, of a key or a certificate. */
    public static String typeOf(byte[] blob) throws SshProtocolException {
        return new SshReader(blob).readName();
    }

    /** Whether that is the type of a certificate, or the algorithm of signatures of one. */
    public static boolean isCertificate(String typeOrAlgorithm) {
        return typeOrAlgorithm.endsWith(SUFFIX);
    }

    /** The name without what makes it that of a certificate; some names have it before the vendor's. */
    public static String withoutSuffix(String typeOrAlgorithm) {
        String start = typeOrAlgorithm.substring(0, typeOrAlgorithm.length() - SUFFIX.length());
        return start.startsWith("sk-") ? start + VENDOR : start;
    }

    private static String keyType(String type) throws SshProtocolException {
        if (!isCertificate(type)) {
            throw SshProtocolException.malformed("a certificate of type " + type);
        }
        return withoutSuffix(type);
    }

    private static Kind kind(long number) {
        return number == 1 ? Kind.USER : number == 2 ? Kind.HOST : Kind.UNKNOWN;
    }

    private static List<String> principals(SshReader reader) throws SshProtocolException {
        List<String> names = new ArrayList<>();
        while (reader.remaining() > 0) {
            if (names.size() == MAX_PRINCIPALS) {
                throw SshProtocolException.malformed("more than " + MAX_PRINCIPALS + " principals");
            }
            names.add(reader.readUtf8(MAX_NAME_OCTETS));
        }
        return List.copyOf(names);
    }

    private static Map<String, byte[]> options(SshReader reader) throws SshProtocolException {
        Map<String, byte[]> options = new LinkedHashMap<>();
        while (reader.remaining() > 0) {
            String name = reader.readUtf8(MAX_NAME_OCTETS);
            if (options.size() == MAX_OPTIONS || options.put(name, reader.readString(MAX_VALUE_OCTETS)) != null) {
                throw SshProtocolException.malformed("too many options, or one twice");
            }
        }
        return Collections.unmodifiableMap(options);
    }

    /** Its own type, such as {@code ssh-ed25519-cert-v01@openssh.com}. */
    public String type() {
        return type;
    }

    /** The certificate on the wire. */
    public byte[] blob() {
        return blob.clone();
    }

    /** What is certified. */
    public SshPublicKey key() {
        return key;
    }

    /** The number that the CA gave it; from 2^63 on it looks negative, and 0 if the CA does not number. */
    public long serial() {
        return serial;
    }

    /** Whose it is. */
    public Kind kind() {
        return kind;
    }

    /** The name that the CA gave it, for logs. */
    public String keyId() {
        return keyId;
    }

    /** The users or hosts that it is for. None means everybody in the specification, and nobody here. */
    public List<String> principals() {
        return principals;
    }

    /** What has to be understood and kept to, with its value as it is on the wire. */
    public Map<String, byte[]> criticalOptions() {
        return criticalOptions;
    }

    /** What is allowed in addition; what is not understood does not matter. */
    public Map<String, byte[]> extensions() {
        return extensions;
    }

    /** The key of the CA. */
    public SshPublicKey authority() {
        return authority;
    }

    /** The text of an option's value, which is a string in a string. */
    public static String text(byte[] value) throws SshProtocolException {
        SshReader reader = new SshReader(value);
        byte[] octets = reader.readString();
        reader.expectEnd();
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** Whether it is good at this time, the first second included and the last not. */
    public boolean isValidAt(Instant time) {
        long seconds = time.getEpochSecond();
        return seconds >= 0
                && Long.compareUnsigned(validAfter, seconds) <= 0
                && Long.compareUnsigned(seconds, validBefore) < 0;
    }

    /** When it stops being good, or {@link Instant#MAX} if it never does. */
    public Instant validBefore() {
        boolean never = validBefore == FOREVER || validBefore < 0 || validBefore > Instant.MAX.getEpochSecond();
        return never ? Instant.MAX : Instant.ofEpochSecond(validBefore);
    }

    /**
     * Whether its CA has signed it.
     *
     * @param algorithms what the CA may have signed with
     */
    public boolean isSigned(Collection<String> algorithms) {
        try {
            String algorithm = new SshReader(signature).readName();
            return algorithms.contains(algorithm)
                    && authority.verify(algorithm, Arrays.copyOf(blob, signedOctets), signature);
        } catch (SshProtocolException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return type + " " + keyId.replaceAll("\\p{Cntrl}", "?") + " of " + authority.fingerprint();
    }
}
