package io.portolan.examples.standalone.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The octets that an URL writes as {@code %20} (RFC 3986, section 2.1), which are UTF-8 here. */
final class Percent {

    private Percent() {}

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '%') {
                octets.write(octet(text, at + 1));
                at += 3;
            } else {
                int end = text.indexOf('%', at) < 0 ? text.length() : text.indexOf('%', at);
                octets.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("what stands behind % is not UTF-8", e);
        }
    }

    private static int octet(String text, int at) {
        String digits = text.substring(Math.min(at, text.length()), Math.min(at + 2, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{2}")) {
            throw new IllegalArgumentException(
                    "a % without two hexadecimal digits; write %25 for the character itself");
        }
        return Integer.parseInt(digits, 16);
    }
}
