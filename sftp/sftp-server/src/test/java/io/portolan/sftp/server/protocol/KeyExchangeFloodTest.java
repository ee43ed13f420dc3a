package io.portolan.sftp.server.protocol;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/**
 * Strangers who cost the server the most and themselves nothing (CVE-2002-20001, "DHEat"): they ask for the most expensive key exchange with a share that they did not
 * compute, and do not look at the answer.
 */
final class KeyExchangeFloodTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int STRANGERS = 300;

    /** How many are there at a time. */
    private static final int AT_A_TIME = 30;

    private static final int KEXDH_REPLY = 31;
    private static final String METHOD = "diffie-hellman-group18-sha512";

    private static final byte[] ALL_AT_ONCE = allAtOnce();

    /** Everything that such a client says. */
    private static byte[] allAtOnce() {
        AlgorithmProposal proposal = AlgorithmProposal.symmetric(
                List.of(METHOD),
                List.of("ssh-ed25519"),
                List.of("aes128-gcm@openssh.com"),
                List.of("hmac-sha2-256"),
                List.of("none"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("SSH-2.0-flood\r\n".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(packet(new KexInit(proposal, false).encode(RANDOM)));
        all.writeBytes(packet(new SshWriter()
                .writeByte(30)
                .writeString(BigInteger.ONE.shiftLeft(8000).toByteArray())
                .toByteArray()));
        return all.toByteArray();
    }

    private static byte[] packet(byte[] payload) {
        int padding = 4 + (8 - (5 + payload.length + 4) % 8) % 8;
        return new SshWriter()
                .writeUint32(1 + payload.length + padding)
                .writeByte(padding)
                .writeBytes(payload)
                .writeBytes(new byte[padding])
                .toByteArray();
    }

    private static void assertIsServed(RawClient client) {
        client.sendPacket(new SshWriter()
                .writeByte(SftpMessageNumber.STAT.number())
                .writeUint32(7)
                .writeString("/"));
        assertThat(client.packet()[0]).isEqualTo((byte) SftpMessageNumber.ATTRS.number());
    }

    /** Such a client's keys are really computed: waits for the answer that the others do not look at. */
    private static void assertCosts(Socket socket) throws IOException {
        socket.setSoTimeout(Patience.MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int octet;
        do {
            octet = in.readUnsignedByte();
        } while (octet != '\n');
        byte[] packet;
        do {
            packet = in.readNBytes(in.readInt());
        } while (packet[1] != KEXDH_REPLY);
    }

    @Test
    void whoIsThereIsServedAndNewOnesGetIn() throws Exception {
        Queue<Socket> strangers = new ArrayDeque<>();
        try (SftpFixture server = SftpFixture.serving(
                        InMemoryFileSystem.create(), settings -> settings.algorithms(SshAlgorithms.compatible()));
                RawClient there = RawClient.sftp(server.port(), USER, PASSWORD)) {
            try (Socket first = stranger(server.port())) {
                assertCosts(first);
            }
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stranger(server.port()));
                if (strangers.size() >= AT_A_TIME) {
                    strangers.remove().close();
                }
                if (i % 10 == 0) {
                    assertIsServed(there);
                }
            }
            try (RawClient late = RawClient.sftp(server.port(), USER, PASSWORD)) {
                assertIsServed(late);
            }
            while (!strangers.isEmpty()) {
                strangers.remove().close();
            }
            await().until(() -> server.server().sessions().size() == 1);
            assertIsServed(there);
        }
    }

    private static Socket stranger(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.getOutputStream().write(ALL_AT_ONCE);
        } catch (IOException turnedAway) {
            // as good as served
        }
        return socket;
    }
}
