package io.portolan.sftp.server.internal.scp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One copy, without a channel: octets in, octets out. What it does with files blocks; all of it runs on one lane.
 *
 * <p>Each side answers each message of the other by an octet: 0, or 1 and a line of text for an error after which it goes on, or 2 and a line for one after which it does
 * not.
 */
abstract sealed class ScpCopy permits ScpSink, ScpSource {

    /** The most octets of a line: a name of any store, and a few numbers. */
    static final int MAX_LINE = 4096;

    /** How deep directories may lie in one another, as in OpenSSH. */
    static final int MAX_DEPTH = 64;

    /** Room that there must be for what a step answers. */
    static final int MAX_ANSWER = 2 * MAX_LINE;

    static final byte OK = 0;
    static final byte ERROR = 1;
    static final byte FATAL = 2;

    private static final int MAX_TEXT = 512;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long moved;
    private boolean ended;
    private boolean failed;

    /**
     * Goes one step further.
     *
     * @param in what the peer has sent
     * @param out gets what is for the peer; has room for {@link #MAX_ANSWER} octets at least
     * @return whether another step may be possible now; if not, only with more input
     */
    abstract boolean step(ByteBuffer in, ByteBuffer out) throws IOException;

    /** The peer sends nothing more. */
    abstract void inputEnded(ByteBuffer out);

    /** Octets of content that were moved since the last call. */
    final long takeMoved() {
        long taken = moved;
        moved = 0;
        return taken;
    }

    final void addMoved(int octets) {
        moved += octets;
    }

    /** Listeners are to be told how it goes. */
    abstract void progressed();

    /** Closes what is open; what was not finished is aborted. */
    abstract void close();

    /** Whether it is over. */
    final boolean isEnded() {
        return ended;
    }

    /** 0, or 1 if anything went wrong. */
    final int exitStatus() {
        return failed ? 1 : 0;
    }

    final void end() {
        ended = true;
    }

    final void fail() {
        failed = true;
    }

    /** Tells the peer of an error after which it goes on. */
    final void error(ByteBuffer out, String text) {
        failed = true;
        putError(out, ERROR, text);
    }

    /** Tells the peer why it is over. */
    final void fatal(ByteBuffer out, String text) {
        failed = true;
        ended = true;
        putError(out, FATAL, text);
    }

    private static void putError(ByteBuffer out, byte kind, String text) {
        StringBuilder clean = new StringBuilder("scp: ");
        text.codePoints().limit(MAX_TEXT).forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        out.put(kind).put(clean.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a line up to LF, which is not part of it.
     *
     * @return the line, or null if the rest of it has not come yet
     */
    final @Nullable String readLine(ByteBuffer in) throws ScpException {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (octet == '\n') {
                CharBuffer text;
                try {
                    text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray()));
                } catch (CharacterCodingException e) {
                    throw new ScpException("names must be in UTF-8");
                }
                line.reset();
                return text.toString();
            }
            if (line.size() == MAX_LINE) {
                throw new ScpException("a line is too long");
            }
            line.write(octet);
        }
        return null;
    }
}
