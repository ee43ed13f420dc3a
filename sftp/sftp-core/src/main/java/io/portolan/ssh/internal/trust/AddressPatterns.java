package io.portolan.ssh.internal.trust;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a key may come from: {@code from="…"} of authorized_keys, and {@code source-address} of certificates. A list of addresses, networks such as {@code 192.0.2.0/24}, and (in
 * authorized_keys) patterns with {@code *} and {@code ?}, any of which may begin with {@code !}: whatever such an entry matches is kept out, whatever the others say.
 *
 * <p>Names are compared with nothing, as in OpenSSH with {@code UseDNS no}: they would come from whoever keeps the peer's reverse DNS. An entry with a name therefore lets nobody in,
 * and a list of nothing else is unusable; so is one with a name that is to be kept out, as whom that is cannot be known. A pattern with letters is one of names unless it has a colon:
 * {@code 2a02*} is to be written {@code 2a02:*}.
 *
 * <p>An IPv4 address that comes as an IPv6 one ({@code ::ffff:192.0.2.1}, RFC 4291 section 2.5.5.2), as from a socket for both, is that IPv4 address, in lists too.
 */
public final class AddressPatterns {

    /** Entries of one list; more is a table for a firewall. */
    static final int MAX_ENTRIES = 256;

    /** Of a pattern: the text of an address is shorter, and matching takes the product of both lengths. */
    static final int MAX_PATTERN = 64;

    /** Octets before an IPv4 address in its IPv6 form. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    /** What a pattern for addresses may be of, without a colon and with one. */
    private static final String IPV4_PATTERN = "0123456789.*?";

    private static final String IPV6_PATTERN = IPV4_PATTERN + ":abcdefABCDEF";

    private static final int MAPPED_BITS = MAPPED.length * Byte.SIZE;

    private final List<Entry> entries;

    private AddressPatterns(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * @param name what stands there if it is the name of a host, which nobody has
     */
    private record Entry(boolean negated, Optional<String> name, Matcher matcher) {}

    @FunctionalInterface
    private interface Matcher {
        boolean matches(InetAddress address);
    }

    /**
     * The addresses and networks of a certificate; nothing else may stand there.
     *
     * @throws TrustException if something else does
     */
    public static AddressPatterns networks(String list) throws TrustException {
        return parse(list, false);
    }

    /**
     * The entries of authorized_keys.
     *
     * @throws TrustException if one cannot be kept to
     */
    public static AddressPatterns patterns(String list) throws TrustException {
        return parse(list, true);
    }

    private static AddressPatterns parse(String list, boolean patterns) throws TrustException {
        String[] texts = list.split(",", -1);
        if (texts.length > MAX_ENTRIES) {
            throw new TrustException("a list of more than " + MAX_ENTRIES + " addresses");
        }
        List<Entry> entries = new ArrayList<>();
        for (String text : texts) {
            entries.add(entry(text.strip(), patterns));
        }
        if (entries.stream().allMatch(entry -> entry.name().isPresent())) {
            throw new TrustException(
                    "names of hosts only, which are not looked up, so that nobody could come: " + list);
        }
        return new AddressPatterns(List.copyOf(entries));
    }

    private static Entry entry(String text, boolean patterns) throws TrustException {
        boolean negated = patterns && text.startsWith("!");
        String body = negated ? text.substring(1) : text;
        int slash = body.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? body : body.substring(0, slash));
        if (address != null) {
            return new Entry(
                    negated, Optional.empty(), network(address, slash < 0 ? "" : body.substring(slash + 1), body));
        }
        if (!patterns || slash >= 0 || body.isEmpty() || body.length() > MAX_PATTERN) {
            throw new TrustException("no address or network: " + text);
        }
        boolean ofAddress = isOfAddress(body);
        if (negated && !ofAddress) {
            throw new TrustException("a name cannot be kept out, as names are not looked up: " + text);
        }
        if (!ofAddress) {
            return new Entry(negated, Optional.of(body), peer -> false);
        }
        String pattern = body.toLowerCase(Locale.ROOT);
        return new Entry(negated, Optional.empty(), peer -> Wildcards.matches(pattern, NetUtil.toAddressString(peer)));
    }

    /** Letters are an address's only beside a colon: {@code *.de} and {@code bad.cafe} are names. */
    private static boolean isOfAddress(String pattern) {
        String allowed = pattern.indexOf(':') < 0 ? IPV4_PATTERN : IPV6_PATTERN;
        return pattern.chars().allMatch(c -> allowed.indexOf(c) >= 0);
    }

    private static Matcher network(byte[] address, String length, String text) throws TrustException {
        int bits = address.length * Byte.SIZE;
        if (text.endsWith("/")) {
            throw new TrustException("no network: " + text);
        }
        if (!length.isEmpty()) {
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
                throw new TrustException("no network: " + text);
            }
            bits = Integer.parseInt(length);
        }
        if (isMapped(address) && bits >= MAPPED_BITS) {
            return network(unmapped(address), bits - MAPPED_BITS, text);
        }
        return network(address, bits, text);
    }

    private static Matcher network(byte[] address, int prefix, String text) throws TrustException {
        if (!Arrays.equals(address, masked(address, prefix))) {
            // OpenSSH refuses it too: one of both numbers is a mistake, and nobody knows which
            throw new TrustException("a network with bits behind its prefix: " + text);
        }
        return peer -> {
            byte[] octets = peer.getAddress();
            return octets.length == address.length && Arrays.equals(masked(octets, prefix), address);
        };
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int left = Math.min(Byte.SIZE, Math.max(0, prefix - i * Byte.SIZE));
            masked[i] &= (byte) (0xff << Byte.SIZE - left);
        }
        return masked;
    }

    private static boolean isMapped(byte[] address) {
        return address.length > MAPPED.length && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }

    private static byte[] unmapped(byte[] address) {
        return Arrays.copyOfRange(address, MAPPED.length, address.length);
    }

    private static InetAddress unmapped(InetAddress address) {
        if (!isMapped(address.getAddress())) {
            return address;
        }
        try {
            return InetAddress.getByAddress(unmapped(address.getAddress()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** The entries that are names of hosts, and so match nobody. */
    public List<String> names() {
        return entries.stream().flatMap(entry -> entry.name().stream()).toList();
    }

    /** Whether somebody may come from there. */
    public boolean allows(InetAddress address) {
        InetAddress peer = unmapped(address);
        boolean allowed = false;
        for (Entry entry : entries) {
            if (entry.matcher().matches(peer)) {
                if (entry.negated()) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }
}
