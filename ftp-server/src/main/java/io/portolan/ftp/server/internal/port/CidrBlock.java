package io.portolan.ftp.server.internal.port;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, RFC 4291 section 2.3). Read without asking any name service.
 *
 * @param network the first address, host bits zero; a v4-mapped v6 network has become the v4 network
 * @param prefix how many leading bits count, 0–32 or 0–128
 */
public record CidrBlock(InetAddress network, int prefix) {

    private static final int MAPPED_PREFIX_BITS = 96;

    /**
     * Reads a network; a single address is a network of its own.
     *
     * @param text an address, with or without a slash and a prefix length
     * @return the network
     * @throws IllegalArgumentException if it cannot be read, or bits behind the prefix are set
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = LiteralAddress.octets(literal)
                .orElseThrow(() -> new IllegalArgumentException(
                        "network \"" + text + "\": expected an address such as 10.0.0.0/8"));
        int bits = bytes.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits);
        for (int i = prefix; i < bits; i++) {
            if (bit(bytes, i)) {
                throw new IllegalArgumentException("network \"" + text + "\": bits behind /" + prefix + " are set");
            }
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            // The JDK turns v4-mapped addresses into v4 ones.
            boolean mapped = address.getAddress().length < bytes.length;
            if (mapped && prefix < MAPPED_PREFIX_BITS) {
                throw new IllegalArgumentException("network \"" + text + "\": a v4-mapped network begins at /96");
            }
            return new CidrBlock(address, mapped ? prefix - MAPPED_PREFIX_BITS : prefix);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /**
     * Whether an address is in this network.
     *
     * @param address any address; a v4-mapped one counts as v4
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = PeerAddress.normalise(address).getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            if (bit(ours, i) != bit(theirs, i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static int prefix(String text, String digits, int bits) {
        if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException("network \"" + text + "\": the prefix is a number from 0 to " + bits);
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) != 0;
    }
}
