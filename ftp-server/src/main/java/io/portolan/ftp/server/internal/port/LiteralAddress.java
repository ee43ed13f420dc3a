package io.portolan.ftp.server.internal.port;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as settings have them, read without asking a name service, and without Netty, as settings are made on the application's threads. */
final class LiteralAddress {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** What begins like this and has a colon the JDK takes for an address or for nothing; it asks nobody. */
    private static final Pattern MAYBE_IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f.:]{1,44}");

    private static final int IPV6_OCTETS = 16;

    private LiteralAddress() {}

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    /** 4 or 16 octets, also of an IPv6 address that means an IPv4 one; empty if the text is no address. */
    static Optional<byte[]> octets(String text) {
        boolean ipv4 = isIpv4(text);
        if (!ipv4 && !MAYBE_IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            byte[] octets = InetAddress.getByName(text).getAddress();
            return Optional.of(ipv4 || octets.length == IPV6_OCTETS ? octets : mapped(octets));
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** RFC 4291 §2.5.5.2. The JDK turns such addresses into IPv4 ones. */
    private static byte[] mapped(byte[] ipv4) {
        byte[] octets = new byte[IPV6_OCTETS];
        Arrays.fill(octets, IPV6_OCTETS - ipv4.length - 2, IPV6_OCTETS - ipv4.length, (byte) 0xff);
        System.arraycopy(ipv4, 0, octets, IPV6_OCTETS - ipv4.length, ipv4.length);
        return octets;
    }
}
