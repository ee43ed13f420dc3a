package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.testing.Patience;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a server names in its KEXINIT (RFC 4253, section 7.1), in the clear. */
record Offer(
        List<String> keyExchanges,
        List<String> hostKeys,
        List<String> ciphers,
        List<String> macs,
        List<String> compressions) {

    private static final int KEXINIT = 20;
    private static final int COOKIE = 16;

    static Offer of(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Patience.MILLIS);
            socket.getOutputStream().write("SSH-2.0-asks\r\n".getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (!line(in).startsWith("SSH-2.0-")) {
                // it has something to say before
            }
            byte[] packet = new byte[in.readInt()];
            in.readFully(packet);
            SshReader reader = new SshReader(packet);
            reader.readByte();
            if (reader.readByte() != KEXINIT) {
                throw new IOException("another message");
            }
            reader.readBytes(COOKIE);
            List<String> keyExchanges = reader.readNameList();
            List<String> hostKeys = reader.readNameList();
            return new Offer(keyExchanges, hostKeys, bothWays(reader), bothWays(reader), bothWays(reader));
        }
    }

    /** No server that there is wants one thing and sends another. */
    private static List<String> bothWays(SshReader reader) throws Exception {
        List<String> toServer = reader.readNameList();
        assertThat(reader.readNameList()).isEqualTo(toServer);
        return toServer;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.readUnsignedByte(); octet != '\n'; octet = in.readUnsignedByte()) {
            line.append((char) octet);
        }
        return line.toString();
    }
}
