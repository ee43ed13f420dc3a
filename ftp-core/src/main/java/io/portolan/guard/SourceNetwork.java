package io.portolan.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer comes from, as far as it can be told from others: an IPv4 address, or the /64 of an IPv6 address, within which anybody can take as many
 * addresses as they like (RFC 4291 §2.5.4).
 */
record SourceNetwork(boolean six, long prefix) {

    static final int IPV6_PREFIX_LENGTH = 64;

    private static final int IPV4_PREFIX_LENGTH = 32;

    static SourceNetwork of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new SourceNetwork(true, bytes.getLong())
                : new SourceNetwork(false, bytes.getInt());
    }

    int prefixLength() {
        return six ? IPV6_PREFIX_LENGTH : IPV4_PREFIX_LENGTH;
    }

    /** The first address of the network. */
    InetAddress address() {
        byte[] bytes = six
                ? ByteBuffer.allocate(16).putLong(prefix).array()
                : ByteBuffer.allocate(4).putInt((int) prefix).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /**
     * By hand, as is {@link #hashCode}: what the JDK generates for a record keeps the type of the record compared last in a cache of its own (JDK-8078641), and with it the class loader
     * of an application that was undeployed.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceNetwork network && six == network.six && prefix == network.prefix;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(prefix);
    }
}
