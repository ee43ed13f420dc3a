package io.portolan.ftp;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Literal addresses to bytes, strictly, without the resolver behind {@link java.net.InetAddress#getByName}. */
final class AddressLiteral {

    private static final int MAX_GROUPS = 8;

    private AddressLiteral() {}

    /** Four decimal numbers of at most three digits; a leading zero is refused, since some read it as octal. */
    static byte[] ipv4(String text) {
        byte[] result = new byte[4];
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', start);
            int end = i == 3 ? text.length() : dot;
            if (end < start || (i == 3 && dot >= 0)) {
                throw notAnAddress();
            }
            result[i] = (byte) octet(text, start, end);
            start = end + 1;
        }
        return result;
    }

    private static int octet(String text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
            throw notAnAddress();
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw notAnAddress();
            }
            value = value * 10 + (c - '0');
        }
        if (value > 255) {
            throw notAnAddress();
        }
        return value;
    }

    /** The canonical form (RFC 5952, section 4), as there are servers that compare texts: the first of the longest rows of two or more zero groups is left out. */
    static String format6(byte[] address) {
        int[] groups = new int[MAX_GROUPS];
        for (int i = 0; i < MAX_GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << Byte.SIZE | address[2 * i + 1] & 0xff;
        }
        int gap = 0;
        int longest = 1;
        for (int i = 0; i < MAX_GROUPS; i++) {
            int end = i;
            while (end < MAX_GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                gap = i;
                longest = end - i;
            }
        }
        return longest == 1
                ? join(groups, 0, MAX_GROUPS)
                : join(groups, 0, gap) + "::" + join(groups, gap + longest, MAX_GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }

    /** RFC 4291, section 2.2, all three forms; no scope, no brackets. */
    static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] result = groups(text);
            if (result.length != 16) {
                throw notAnAddress();
            }
            return result;
        }
        byte[] head = gap == 0 ? new byte[0] : groups(text.substring(0, gap));
        byte[] tail = gap + 2 == text.length() ? new byte[0] : groups(text.substring(gap + 2));
        if (head.length + tail.length > 14 || text.substring(0, gap).indexOf('.') >= 0) {
            throw notAnAddress();
        }
        byte[] result = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, result, 16 - tail.length, tail.length);
        return result;
    }

    /** Groups of hexadecimal digits between colons; the last may be an IPv4 address. */
    private static byte[] groups(String text) {
        byte[] result = new byte[2 * MAX_GROUPS];
        int length = 0;
        int start = 0;
        while (true) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', start) >= 0) {
                byte[] last = ipv4(text.substring(start));
                if (length + last.length > result.length) {
                    throw notAnAddress();
                }
                System.arraycopy(last, 0, result, length, last.length);
                return Arrays.copyOf(result, length + last.length);
            }
            if (length == result.length) {
                throw notAnAddress();
            }
            int group = group(text, start, end);
            result[length++] = (byte) (group >> 8);
            result[length++] = (byte) group;
            if (colon < 0) {
                return Arrays.copyOf(result, length);
            }
            start = end + 1;
        }
    }

    private static int group(String text, int from, int to) {
        if (to == from || to - from > 4) {
            throw notAnAddress();
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw notAnAddress();
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static FtpSyntaxException notAnAddress() {
        return new FtpSyntaxException("not a literal address of this family");
    }
}
