package io.portolan.ftp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The address and port of a data connection, with the formats in which FTP writes them: six numbers (RFC 959, PORT and 227), {@code |1|address|port|}
 * (RFC 2428, EPRT), and long addresses (RFC 1639, LPRT and 228). Only literal addresses are read: a name never reaches a resolver.
 *
 * @param address an IPv4 or IPv6 address
 * @param port 1 to 65535
 */
public record HostPort(InetAddress address, int port) {

    private static final int MAX_PORT = 65535;
    /** Characters in the parentheses of a 229 reply; some servers fill in the family and the address as well. */
    private static final int MAX_EPSV_LENGTH = 64;

    /** The version numbers that RFC 1639 takes from the IP header. */
    private static final int LONG_IPV4 = 4;

    private static final int LONG_IPV6 = 6;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the port lies outside
     */
    public HostPort {
        Objects.requireNonNull(address, "address");
        requirePort(port);
    }

    /**
     * Reads the argument of PORT (RFC 959, section 4.1.2).
     *
     * @param argument {@code h1,h2,h3,h4,p1,p2}
     * @return the address and port
     * @throws FtpSyntaxException if it is not six numbers of 0 to 255, or the port is 0
     */
    public static HostPort parsePort(String argument) {
        int[] numbers = numbers(argument, 0, argument.length());
        if (numbers.length != 6) {
            throw new FtpSyntaxException("not six numbers");
        }
        return ofSix(numbers);
    }

    /**
     * Reads the text of a 227 reply. As RFC 1123, section 4.1.2.6 asks, the six numbers are searched for; what stands around them does not matter.
     *
     * @param text the reply's text, without its code
     * @return the address and port
     * @throws FtpSyntaxException if there are no six numbers of 0 to 255 in it, or the port is 0
     */
    public static HostPort parsePasvReply(String text) {
        int at = 0;
        while (at < text.length()) {
            if (!isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            int commas = 0;
            while (end < text.length() && (isDigit(text.charAt(end)) || isCommaBeforeDigit(text, end))) {
                commas += text.charAt(end) == ',' ? 1 : 0;
                end++;
            }
            if (commas == 5) {
                return ofSix(numbers(text, at, end));
            }
            at = end;
        }
        throw new FtpSyntaxException("no six numbers");
    }

    /**
     * Reads the argument of EPRT (RFC 2428, section 2), with whichever delimiter the peer chose.
     *
     * @param argument such as {@code |1|192.0.2.1|6275|} or {@code |2|2001:db8::1|6275|}
     * @return the address and port
     * @throws UnsupportedAddressFamilyException if the family is neither 1 nor 2: the reply is 522
     * @throws FtpSyntaxException if the form is another, the address is not a literal of that family, or it has a scope
     */
    public static HostPort parseEprt(String argument) {
        String[] parts = delimited(argument, 3);
        int family = number(parts[0], 0, parts[0].length(), 65535);
        if (family != 1 && family != 2) {
            throw new UnsupportedAddressFamilyException();
        }
        byte[] address = family == 1 ? AddressLiteral.ipv4(parts[1]) : AddressLiteral.ipv6(parts[1]);
        return of(address, number(parts[2], 0, parts[2].length(), MAX_PORT));
    }

    /**
     * Reads the text of a 229 reply (RFC 2428, section 3).
     *
     * @param text the reply's text, without its code: something with {@code (|||port|)} in it
     * @return the port, 1 to 65535
     * @throws FtpSyntaxException if there is no such thing in it
     */
    public static int parseEpsvReply(String text) {
        int open = text.indexOf('(');
        while (open >= 0) {
            int close = text.indexOf(')', open);
            if (close >= 0 && close - open <= MAX_EPSV_LENGTH) {
                int port = epsvPort(text.substring(open + 1, close));
                if (port > 0) {
                    return port;
                }
            }
            open = text.indexOf('(', open + 1);
        }
        throw new FtpSyntaxException("no port in parentheses");
    }

    /** The port, or 0 if there is none: parentheses may be part of the words before it, too. */
    private static int epsvPort(String inner) {
        try {
            String[] parts = delimited(inner, 3);
            return number(parts[2], 0, parts[2].length(), MAX_PORT);
        } catch (FtpSyntaxException e) {
            return 0;
        }
    }

    /**
     * Reads the argument of LPRT (RFC 1639): family, length of the address, its bytes, length of the port, its bytes.
     *
     * @param argument such as {@code 4,4,192,0,2,1,2,24,131}
     * @return the address and port
     * @throws UnsupportedAddressFamilyException if the family is neither 4 nor 6: the reply is 521
     * @throws FtpSyntaxException if the form is another
     */
    public static HostPort parseLprt(String argument) {
        int[] numbers = numbers(argument, 0, argument.length());
        if (numbers[0] != LONG_IPV4 && numbers[0] != LONG_IPV6) {
            throw new UnsupportedAddressFamilyException();
        }
        int length = numbers[0] == LONG_IPV4 ? 4 : 16;
        if (numbers.length != length + 5 || numbers[1] != length || numbers[length + 2] != 2) {
            throw new FtpSyntaxException("the lengths do not fit");
        }
        byte[] address = new byte[length];
        for (int i = 0; i < length; i++) {
            address[i] = (byte) numbers[i + 2];
        }
        return of(address, numbers[length + 3] << 8 | numbers[length + 4]);
    }

    /**
     * Reads the text of a 228 reply (RFC 1639).
     *
     * @param text the reply's text, without its code: something with the numbers in parentheses
     * @return the address and port
     * @throws FtpSyntaxException if there is no such thing in it
     */
    public static HostPort parseLpsvReply(String text) {
        int open = text.indexOf('(');
        int close = open < 0 ? -1 : text.indexOf(')', open);
        if (close < 0) {
            throw new FtpSyntaxException("no parentheses");
        }
        return parseLprt(text.substring(open + 1, close));
    }

    /**
     * The argument of PORT, and the numbers in a 227 reply.
     *
     * @return {@code h1,h2,h3,h4,p1,p2}
     * @throws IllegalStateException if the address is not IPv4
     */
    public String toPort() {
        if (!isIpv4()) {
            throw new IllegalStateException("PORT and PASV carry IPv4 only");
        }
        StringBuilder out = new StringBuilder(24);
        for (byte b : address.getAddress()) {
            out.append(b & 0xff).append(',');
        }
        return out.append(port >> 8).append(',').append(port & 0xff).toString();
    }

    /**
     * The text of a 227 reply. The numbers stand in parentheses because some clients look for these.
     *
     * @return the text, without the code
     * @throws IllegalStateException if the address is not IPv4
     */
    public String toPasvReply() {
        return "Entering Passive Mode (" + toPort() + ").";
    }

    /**
     * The argument of EPRT.
     *
     * @return such as {@code |2|2001:db8::1|6275|}
     */
    public String toEprt() {
        return "|" + (isIpv4() ? 1 : 2) + "|" + literal() + "|" + port + "|";
    }

    /**
     * The text of a 229 reply.
     *
     * @param port 1 to 65535
     * @return the text, without the code
     * @throws IllegalArgumentException if the port lies outside
     */
    public static String toEpsvReply(int port) {
        requirePort(port);
        return "Entering Extended Passive Mode (|||" + port + "|)";
    }

    /**
     * The argument of LPRT.
     *
     * @return such as {@code 4,4,192,0,2,1,2,24,131}
     */
    public String toLprt() {
        byte[] bytes = address.getAddress();
        StringBuilder out = new StringBuilder(80);
        out.append(isIpv4() ? LONG_IPV4 : LONG_IPV6).append(',').append(bytes.length);
        for (byte b : bytes) {
            out.append(',').append(b & 0xff);
        }
        return out.append(",2,")
                .append(port >> 8)
                .append(',')
                .append(port & 0xff)
                .toString();
    }

    /**
     * The text of a 228 reply.
     *
     * @return the text, without the code
     */
    public String toLpsvReply() {
        return "Entering Long Passive Mode (" + toLprt() + ")";
    }

    /**
     * Whether the address is IPv4.
     *
     * @return whether PORT and PASV can carry it
     */
    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** The address and port as in a URL: {@code 192.0.2.1:21}, {@code [2001:db8:0:0:0:0:0:1]:21}. */
    @Override
    public String toString() {
        return isIpv4() ? literal() + ":" + port : "[" + literal() + "]:" + port;
    }

    private String literal() {
        return isIpv4() ? address.getHostAddress() : AddressLiteral.format6(address.getAddress());
    }

    private static HostPort ofSix(int[] numbers) {
        byte[] address = {(byte) numbers[0], (byte) numbers[1], (byte) numbers[2], (byte) numbers[3]};
        return of(address, numbers[4] << 8 | numbers[5]);
    }

    private static HostPort of(byte[] address, int port) {
        if (port == 0) {
            throw new FtpSyntaxException("port 0");
        }
        try {
            return new HostPort(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " is not within 1 to " + MAX_PORT);
        }
    }

    /** Numbers of 0 to 255 between commas; at least one, and never more than the longest format has. */
    private static int[] numbers(String text, int from, int to) {
        int[] result = new int[21];
        int count = 0;
        int start = from;
        while (true) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 || comma > to ? to : comma;
            if (count == result.length) {
                throw new FtpSyntaxException("too many numbers");
            }
            result[count++] = number(text, start, end, 255);
            if (end == to) {
                return Arrays.copyOf(result, count);
            }
            start = end + 1;
        }
    }

    private static int number(String text, int from, int to, int max) {
        if (from == to || to - from > 5) {
            throw new FtpSyntaxException("not a number of 0 to " + max);
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                throw new FtpSyntaxException("not a number of 0 to " + max);
            }
            value = value * 10 + (c - '0');
        }
        if (value > max) {
            throw new FtpSyntaxException("not a number of 0 to " + max);
        }
        return value;
    }

    /** The fields of {@code <d>a<d>b<d>c<d>}, where {@code <d>} is any one character of 33 to 126. */
    private static String[] delimited(String text, int fields) {
        if (text.isEmpty() || text.charAt(0) < '!' || text.charAt(0) > '~') {
            throw new FtpSyntaxException("no delimiter");
        }
        char delimiter = text.charAt(0);
        String[] result = new String[fields];
        int start = 1;
        for (int i = 0; i < fields; i++) {
            int end = text.indexOf(delimiter, start);
            if (end < 0) {
                throw new FtpSyntaxException("too few delimiters");
            }
            result[i] = text.substring(start, end);
            start = end + 1;
        }
        if (start != text.length()) {
            throw new FtpSyntaxException("something follows the last delimiter");
        }
        return result;
    }

    private static boolean isCommaBeforeDigit(String text, int at) {
        return text.charAt(at) == ',' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
