package io.portolan.core.internal.codec;

import io.portolan.core.internal.codec.MalformedRequest.Reason;

/** One line, without Telnet and without its LF, to a request. */
final class RequestParser {

    private static final byte CR = '\r';

    private RequestParser() {}

    /** Parses a line; the array is overwritten. */
    static RequestLine parse(byte[] line, ControlCharset charset) {
        int length = line.length;
        int end = length > 0 && line[length - 1] == CR ? length - 1 : length;
        // What is left of a Telnet Synch when the system took an octet of it as urgent data: IAC, IP or DM without
        // their IAC.
        int start = 0;
        while (start < end && (line[start] & 0xff) >= Telnet.FIRST_COMMAND) {
            start++;
        }
        if (start == end) {
            return new MalformedRequest(Reason.EMPTY);
        }
        int space = start;
        while (space < end && line[space] != ' ') {
            byte b = line[space];
            if (b <= ' ' || b == 0x7f) {
                return new MalformedRequest(Reason.NO_VERB);
            }
            if (b >= 'a' && b <= 'z') {
                line[space] = (byte) (b - ('a' - 'A'));
            }
            space++;
        }
        if (space == start) {
            return new MalformedRequest(Reason.NO_VERB);
        }
        int argument = Math.min(space + 1, end);
        end = unescapeCarriageReturns(line, argument, end);
        if (end < 0) {
            return new MalformedRequest(Reason.NUL);
        }
        return new FtpRequest(
                verb(line, start, space), argument == end ? "" : charset.decode(line, argument, end - argument));
    }

    @SuppressWarnings("deprecation") // the constructor that widens bytes: the range is ASCII
    private static String verb(byte[] line, int start, int end) {
        return new String(line, 0, start, end - start);
    }

    /** RFC 2640, section 3.1: CR NUL is a CR in a name. Returns the new end, or -1 if there is another NUL. */
    private static int unescapeCarriageReturns(byte[] line, int from, int end) {
        int nul = from;
        while (nul < end && line[nul] != 0) {
            nul++;
        }
        if (nul == end) {
            return end;
        }
        int out = nul;
        for (int in = nul; in < end; in++) {
            if (line[in] != 0) {
                line[out++] = line[in];
            } else if (in == from || line[in - 1] != CR) {
                return -1;
            }
        }
        return out;
    }
}
