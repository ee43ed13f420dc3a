package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lines of authorized_keys for one user. Immutable. */
public final class AuthorizedKeyList {

    /** Characters of a whole file: thousands of keys, and little enough to be read at each change. */
    public static final int MAX_CHARACTERS = 1 << 20;

    private final List<AuthorizedKey> keys;

    private AuthorizedKeyList(List<AuthorizedKey> keys) {
        this.keys = keys;
    }

    /** What to do about a line that is left out. */
    @FunctionalInterface
    public interface Complaint {
        void about(int line, String problem);

        /** Something that a line says is of no effect; it is kept. */
        default void remark(int line, String text) {}
    }

    /**
     * Reads lines; what is not understood leaves its own line out.
     *
     * @throws TrustException if it is too much
     */
    public static AuthorizedKeyList parse(String text, Complaint complaint) throws TrustException {
        if (text.length() > MAX_CHARACTERS) {
            throw new TrustException("longer than " + MAX_CHARACTERS + " characters");
        }
        List<AuthorizedKey> keys = new ArrayList<>();
        int number = 0;
        for (String whole : text.split("\r?\n|\r", -1)) {
            number++;
            String line = whole.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                AuthorizedKey key = AuthorizedKey.parse(line);
                keys.add(key);
                List<String> names =
                        key.options().from().map(AddressPatterns::names).orElse(List.of());
                if (!names.isEmpty()) {
                    complaint.remark(
                            number, "names of hosts are not looked up, so that from= matches nobody by " + names);
                }
            } catch (TrustException e) {
                complaint.about(number, String.valueOf(e.getMessage()));
            }
        }
        return new AuthorizedKeyList(List.copyOf(keys));
    }

    /** How many keys there are. */
    public int size() {
        return keys.size();
    }

    /** Whether one of the lines is this key, whatever its options. */
    public boolean contains(byte[] blob) {
        return keys.stream().anyMatch(key -> key.is(blob));
    }

    /** Whether a key is among them without options, but for {@code cert-authority}: for lists of which nobody keeps to options, so that a line with any counts for nothing. */
    public boolean containsPlain(byte[] blob) {
        return keys.stream().anyMatch(key -> key.is(blob) && key.options().isPlain());
    }

    /** The keys as they are on the wire; not all of them need be keys that we can use. */
    public List<byte[]> blobs() {
        return keys.stream().map(AuthorizedKey::blob).toList();
    }

    /**
     * The options of the first line that lets a key in.
     *
     * @throws TrustException if there is none
     */
    public KeyOptions find(byte[] blob, InetAddress source, Instant now) throws TrustException {
        TrustException problem = new TrustException("a key that is not among the user's");
        for (AuthorizedKey key : keys) {
            if (!key.options().certAuthority() && key.is(blob)) {
                try {
                    key.options().require(source, now);
                    return key.options();
                } catch (TrustException e) {
                    problem = e;
                }
            }
        }
        throw problem;
    }

    /**
     * The options of the first line whose CA lets a certificate in. The certificate's own terms are looked at elsewhere.
     *
     * @throws TrustException if there is none
     */
    public KeyOptions find(SshCertificate certificate, String user, InetAddress source, Instant now)
            throws TrustException {
        byte[] authority = certificate.authority().blob();
        TrustException problem = new TrustException("a certificate of a CA that is not among the user's");
        for (AuthorizedKey key : keys) {
            if (key.options().certAuthority() && key.is(authority)) {
                try {
                    requirePrincipal(certificate, key.options().principals().orElse(Set.of(user)));
                    key.options().require(source, now);
                    return key.options();
                } catch (TrustException e) {
                    problem = e;
                }
            }
        }
        throw problem;
    }

    /**
     * Refuses a certificate that is for others. Names are compared as a whole: one with a comma is one name.
     *
     * @throws TrustException if none of its principals is among the names
     */
    public static void requirePrincipal(SshCertificate certificate, Set<String> names) throws TrustException {
        if (certificate.principals().stream().noneMatch(names::contains)) {
            throw new TrustException("a certificate for others");
        }
    }
}
