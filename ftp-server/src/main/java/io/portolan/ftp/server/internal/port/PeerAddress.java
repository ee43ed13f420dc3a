package io.portolan.ftp.server.internal.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses compared as hosts: a v4 client on a dual-stack socket is the v4 client (RFC 4291 section 2.5.5.2). */
final class PeerAddress {

    private static final int MAPPED_PREFIX = 12;

    private PeerAddress() {}

    static InetAddress normalise(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < MAPPED_PREFIX; i++) {
            if (bytes[i] != (byte) (i < 10 ? 0 : 0xff)) {
                return address;
            }
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
