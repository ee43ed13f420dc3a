package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.key.NistCurve;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Key exchange with OpenSSH's client, up to the moment when it has verified our signature over the exchange hash: it sends NEWKEYS then, and
 * otherwise it hangs up. Packets up to there are not encrypted, so that this needs no more of a server than is here.
 */
final class OpenSshClientTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OUR_VERSION = "SSH-2.0-Portolan_test";
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MAX_PACKET = 35_000;

    @TempDir
    Path temporary;

    private static SshKeyPair hostKey(String algorithm) {
        return switch (algorithm) {
            case "ssh-ed25519" -> SshKeyPair.generateEd25519(RANDOM);
            case "ecdsa-sha2-nistp256" -> SshKeyPair.generateEcdsa(NistCurve.P256, RANDOM);
            case "ecdsa-sha2-nistp384" -> SshKeyPair.generateEcdsa(NistCurve.P384, RANDOM);
            case "ecdsa-sha2-nistp521" -> SshKeyPair.generateEcdsa(NistCurve.P521, RANDOM);
            default -> SshKeyPair.generateRsa(2048, RANDOM);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "sntrup761x25519-sha512@openssh.com, ssh-ed25519",
        "curve25519-sha256, ssh-ed25519",
        "curve25519-sha256@libssh.org, ecdsa-sha2-nistp256",
        "ecdh-sha2-nistp256, ecdsa-sha2-nistp384",
        "ecdh-sha2-nistp384, ecdsa-sha2-nistp521",
        "ecdh-sha2-nistp521, rsa-sha2-512",
        "curve25519-sha256, rsa-sha2-256",
        "diffie-hellman-group14-sha256, ssh-ed25519",
        "diffie-hellman-group16-sha512, ssh-ed25519",
        "diffie-hellman-group18-sha512, ssh-ed25519",
        "diffie-hellman-group-exchange-sha256, ssh-ed25519",
        "diffie-hellman-group-exchange-sha256, rsa-sha2-256"
    })
    void itTakesOurSignatureAndGoesOn(String method, String algorithm) throws Exception {
        assertThat(exchange(method, algorithm, 0)).isEqualTo(SshMessageNumber.NEWKEYS.number());
    }

    @Test
    void itHangsUpIfTheHashIsAnother() throws Exception {
        assertThat(exchange("curve25519-sha256", "ssh-ed25519", 1)).isNotEqualTo(SshMessageNumber.NEWKEYS.number());
    }

    /** The number of the client's next message after our reply, or -1 if it hung up. */
    private int exchange(String method, String algorithm, int spoilt) throws Exception {
        Peer ssh = Peer.find("ssh", Files.createDirectory(temporary.resolve("client")));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            try (Peer.Running client = ssh.start(options(listener.getLocalPort(), method, algorithm));
                    Socket socket = listener.accept()) {
                assertThat(client.process().isAlive()).isTrue();
                socket.setSoTimeout(PATIENCE_MILLIS);
                return serve(socket, method, algorithm, spoilt);
            }
        }
    }

    private static String[] options(int port, String method, String algorithm) {
        return new String[] {
            "-F",
            "none",
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "KexAlgorithms=" + method,
            "-o",
            "HostKeyAlgorithms=" + algorithm,
            "-p",
            Integer.toString(port),
            "nobody@127.0.0.1",
            "true"
        };
    }

    private static int serve(Socket socket, String method, String algorithm, int spoilt) throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        out.write((OUR_VERSION + "\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] ourInit = new KexInit(
                        AlgorithmProposal.symmetric(
                                List.of(method, KexMarker.STRICT_SERVER.wireName()),
                                List.of(algorithm),
                                List.of("aes128-ctr"),
                                List.of("hmac-sha2-256"),
                                List.of("none")),
                        false)
                .encode(RANDOM);
        out.write(packet(ourInit));
        String theirVersion = line(in);
        byte[] theirInit = payload(in);
        Negotiation agreed = Negotiation.of(
                KexInit.decode(theirInit).algorithms(), KexInit.decode(ourInit).algorithms(), cipher -> false);
        assertThat(agreed.keyExchange()).isEqualTo(method);
        assertThat(agreed.hostKey()).isEqualTo(algorithm);
        assertThat(agreed.toClient().mac()).contains("hmac-sha2-256");
        assertThat(agreed.markers().clientTakesExtInfo()).isTrue();

        KexMethod keyExchange = KexMethod.named(method).orElseThrow();
        boolean inGroup = keyExchange.exchangesGroup();
        if (inGroup) {
            keyExchange = agreeOnGroup(keyExchange, in, out);
        }
        SshReader request = new SshReader(payload(in));
        assertThat(request.readByte())
                .isEqualTo((inGroup ? SshMessageNumber.KEX_DH_GEX_INIT : SshMessageNumber.KEX_ECDH_INIT).number());
        byte[] clientShare = request.readString();
        request.expectEnd();

        SshKeyPair hostKey = hostKey(algorithm);
        ServerExchange exchange = keyExchange.answer(clientShare, RANDOM);
        byte[] hash = new KexTranscript(theirVersion, OUR_VERSION, theirInit, ourInit)
                .hash(keyExchange, hostKey.publicKey().blob(), clientShare, exchange.share(), exchange.secret());
        hash[0] ^= (byte) spoilt;
        out.write(packet(new SshWriter()
                .writeByte((inGroup ? SshMessageNumber.KEX_DH_GEX_REPLY : SshMessageNumber.KEX_ECDH_REPLY).number())
                .writeString(hostKey.publicKey().blob())
                .writeString(exchange.share())
                .writeString(hostKey.sign(algorithm, hash))
                .toByteArray()));
        try {
            return payload(in)[0];
        } catch (EOFException | SocketException e) {
            return -1;
        }
    }

    private static KexMethod agreeOnGroup(KexMethod method, DataInputStream in, OutputStream out) throws IOException {
        SshReader reader = new SshReader(payload(in));
        assertThat(reader.readByte()).isEqualTo(SshMessageNumber.KEX_DH_GEX_REQUEST.number());
        GroupRequest request = GroupRequest.read(reader);
        ModpGroup group = request.choose();
        SshWriter answer = new SshWriter().writeByte(SshMessageNumber.KEX_DH_GEX_GROUP.number());
        group.write(answer);
        out.write(packet(answer.toByteArray()));
        return method.in(request, group);
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.readByte(); octet != '\n'; octet = in.readByte()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** RFC 4253 section 6, without cipher and MAC. */
    private static byte[] packet(byte[] payload) {
        int padding = 8 - (5 + payload.length) % 8;
        padding = padding < 4 ? padding + 8 : padding;
        return new SshWriter()
                .writeUint32(1L + payload.length + padding)
                .writeByte(padding)
                .writeBytes(payload)
                .writeBytes(new byte[padding])
                .toByteArray();
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readInt();
        assertThat(length).isBetween(8, MAX_PACKET);
        int padding = in.readUnsignedByte();
        byte[] payload = new byte[length - 1 - padding];
        in.readFully(payload);
        in.readFully(new byte[padding]);
        return payload;
    }
}
