package io.portolan.sftp.client.internal.check;

import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.version.SshVersionHandler;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** A connection on which SSH is only begun: up to the lists of algorithms, which come in the clear (RFC 4253, sections 4.2, 6 and 7.1). */
final class Probe implements Closeable {

    private static final String IDENTIFICATION = "SSH-2.0-Portolan_check";

    /** What every implementation has to take (RFC 4253, section 6.1); no KEXINIT is longer. */
    private static final int MAX_PACKET = 35_000;

    /** A length, the padding's length, and at least four octets of padding. */
    private static final int LEAST_PADDING = 4;

    private static final int BLOCK = 8;

    /** Messages that may come ahead of a KEXINIT: IGNORE and DEBUG, of which nobody sends many. */
    private static final int MAX_PACKETS = 16;

    private final Socket socket;
    private final InputStream in;

    Probe(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
    }

    /** Says who we are, as clients may do without waiting; who speaks another protocol shows it in the answer. */
    void identify() throws IOException {
        send((IDENTIFICATION + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A line without its end; what comes before the end of the stream, or is more than a line may have, counts as one. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < SshVersionHandler.MAX_BANNER_LINE) {
            int octet = in.read();
            if (octet < 0 && line.isEmpty()) {
                throw new ClosedByPeerException();
            }
            if (octet < 0 || octet == '\n') {
                break;
            }
            line.append((char) octet);
            if (line.length() == 1 && isRecordOfTls(octet)) {
                // there may be no line end in all of it
                break;
            }
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    /** Whether TLS begins so, with an alert or a handshake (RFC 8446, section 5.1). */
    static boolean isRecordOfTls(int octet) {
        return octet == 0x15 || octet == 0x16;
    }

    /** The server's lists, for ours. */
    AlgorithmProposal exchange(AlgorithmProposal ours) throws IOException {
        send(packet(new KexInit(ours, false).encode(new SecureRandom())));
        for (int i = 0; i < MAX_PACKETS; i++) {
            byte[] payload = payload();
            int number = payload.length == 0 ? 0 : payload[0] & 0xff;
            if (number == SshMessageNumber.DISCONNECT.number()) {
                SshReader reader = new SshReader(payload, 1, payload.length - 1);
                reader.readUint32();
                throw new IOException(
                        "the server says goodbye: " + new String(reader.readString(), StandardCharsets.UTF_8));
            }
            if (number != SshMessageNumber.IGNORE.number() && number != SshMessageNumber.DEBUG.number()) {
                return KexInit.decode(payload).algorithms();
            }
        }
        throw new IOException("no lists of algorithms in the first " + MAX_PACKETS + " messages");
    }

    private byte[] payload() throws IOException {
        SshReader head = new SshReader(octets(Integer.BYTES));
        long length = head.readUint32();
        if (length < 1 + LEAST_PADDING || length > MAX_PACKET) {
            throw new IOException("a packet of " + length + " octets");
        }
        byte[] packet = octets((int) length);
        int padding = packet[0] & 0xff;
        if (padding > packet.length - 1) {
            throw new IOException("a packet with more padding than octets");
        }
        return new SshReader(packet, 1, packet.length - 1 - padding).readBytes(packet.length - 1 - padding);
    }

    private byte[] octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw octets.length == 0
                    ? new ClosedByPeerException()
                    : new EOFException("the server closed the connection");
        }
        return octets;
    }

    private static byte[] packet(byte[] payload) {
        int open = Integer.BYTES + 1 + payload.length;
        int padding = BLOCK - open % BLOCK;
        if (padding < LEAST_PADDING) {
            padding += BLOCK;
        }
        return new SshWriter(open + padding)
                .writeUint32(1L + payload.length + padding)
                .writeByte(padding)
                .writeBytes(payload)
                .writeBytes(new byte[padding])
                .toByteArray();
    }

    /** Says goodbye, if anybody listens. */
    void leave() {
        try (Socket open = socket) {
            open.getOutputStream()
                    .write(packet(new SshWriter()
                            .writeByte(SshMessageNumber.DISCONNECT.number())
                            .writeUint32(DisconnectReason.BY_APPLICATION.code())
                            .writeString("")
                            .writeString("")
                            .toByteArray()));
        } catch (IOException e) {
            // it is gone
        }
    }

    private void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The peer has closed the connection where it should have said something. */
    static final class ClosedByPeerException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedByPeerException() {
            super("the server closed the connection");
        }
    }
}
