package io.portolan.ftp.client.internal.check;

import io.portolan.core.internal.codec.FtpReplyDecoder;
import io.portolan.ftp.FtpReply;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * A control connection. Octets are read one by one: what has come ahead of its time is left in the socket, where {@link #hasUnread} sees it.
 */
final class Wire implements Closeable {

    private static final int LINE_FEED = '\n';

    private Socket socket;
    private InputStream in;

    /** What was said last, for messages; never a password. */
    private String lastSaid = "the connection was made";

    Wire(Socket socket, Duration replyTime) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(replyTime.toMillis()));
        in = socket.getInputStream();
    }

    Socket socket() {
        return socket;
    }

    String lastSaid() {
        return lastSaid;
    }

    boolean hasUnread() throws IOException {
        return in.available() > 0;
    }

    /** TLS from here on. */
    void protect(SSLSocket tls) throws IOException {
        socket = tls;
        in = tls.getInputStream();
    }

    FtpReply ask(String command) throws IOException {
        say(command, command);
        return reply();
    }

    FtpReply askSecretly(String verb, String secret) throws IOException {
        say(verb + " " + secret, verb);
        return reply();
    }

    /** Says it without waiting for the reply. */
    void say(String command) throws IOException {
        say(command, command);
    }

    private void say(String command, String shown) throws IOException {
        if (command.indexOf('\r') >= 0 || command.indexOf('\n') >= 0 || command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a line break or NUL in the argument of " + shown.split(" ", 2)[0]);
        }
        lastSaid = shown;
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The next reply (RFC 959, section 4.2). */
    FtpReply reply() throws IOException {
        return reply(line());
    }

    FtpReply reply(String first) throws IOException {
        int code = code(first);
        if (code == 0) {
            throw new NotFtpException(first);
        }
        List<String> lines = new ArrayList<>();
        lines.add(text(first));
        if (first.length() > 3 && first.charAt(3) == '-') {
            String end = first.substring(0, 3);
            int octets = 0;
            for (String line = line(); ; line = line()) {
                octets += line.length();
                if (octets > FtpReplyDecoder.MAX_REPLY || lines.size() == FtpReplyDecoder.MAX_LINES) {
                    throw new NotFtpException("a reply without an end");
                }
                lines.add(line.startsWith(end) ? text(line) : line);
                if (line.equals(end) || line.startsWith(end + " ")) {
                    break;
                }
            }
        }
        return FtpReply.multiline(code, lines);
    }

    /** A line without its end; what comes before the end of the stream counts as one. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                if (line.size() == 0) {
                    throw new ClosedByPeerException();
                }
                break;
            }
            if (octet == LINE_FEED) {
                break;
            }
            if (line.size() == FtpReplyDecoder.MAX_LINE) {
                throw new NotFtpException(line.toString(StandardCharsets.UTF_8));
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(String line) {
        return line.length() > 4 ? line.substring(4) : "";
    }

    /** 0 if the line begins no reply. */
    static int code(String line) {
        if (line.length() < 3 || line.length() > 3 && line.charAt(3) != ' ' && line.charAt(3) != '-') {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            code = code * 10 + c - '0';
        }
        return code >= 100 && code < 700 ? code : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The peer has closed the connection where a line was due. */
    static final class ClosedByPeerException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedByPeerException() {
            super("the server closed the connection");
        }
    }

    /** What came is no reply. */
    static final class NotFtpException extends IOException {
        private static final long serialVersionUID = 1;

        private final String said;

        NotFtpException(String said) {
            super("not a reply of FTP: " + said);
            this.said = said;
        }

        String said() {
            return said;
        }
    }
}
