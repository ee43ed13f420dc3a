package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strict key exchange refuses (prefix truncation, and the deviations that were found in ten servers since), and what stays allowed without it. */
final class StrictKeyExchangeTest {

    private static final byte[] VERSION = "SSH-2.0-peer\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String STRICT = "kex-strict-c-v00@openssh.com";

    private static AlgorithmProposal proposal(String... methods) {
        AlgorithmProposal base = SshPair.ALGORITHMS;
        return new AlgorithmProposal(
                List.of(methods),
                base.hostKeys(),
                base.ciphersToServer(),
                base.ciphersToClient(),
                base.macsToServer(),
                base.macsToClient(),
                base.compressionsToServer(),
                base.compressionsToClient());
    }

    private static byte[] kexInit(boolean guessFollows, String... methods) {
        return packet(new KexInit(proposal(methods), guessFollows).encode(SshPair.RANDOM));
    }

    private static byte[] packet(byte[] payload) {
        return SshPair.End.inTheClear(payload[0] & 0xff, Arrays.copyOfRange(payload, 1, payload.length));
    }

    private static byte[] share(String method) {
        byte[] share =
                KexMethod.named(method).orElseThrow().begin(SshPair.RANDOM).share();
        return packet(new SshWriter().writeByte(30).writeString(share).toByteArray());
    }

    private static SshPair.End server(TransportSettings settings) {
        return new SshPair.End(new TransportRole.Server(HostKey.of(SshPair.HOST_KEY)), settings);
    }

    private static SshPair.End server() {
        return server(SshPair.SETTINGS);
    }

    /** The numbers of the messages in clear packets, behind an identification line if there is one. */
    private static List<Integer> numbers(byte[] octets) {
        int start = 0;
        if (octets.length > 4 && octets[0] == 'S') {
            while (octets[start] != '\n') {
                start++;
            }
            start++;
        }
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(octets, start, octets.length - start);
        while (buffer.remaining() >= 6) {
            int length = buffer.getInt();
            numbers.add(buffer.get(buffer.position() + 1) & 0xff);
            if (length > buffer.remaining()) {
                break;
            }
            buffer.position(buffer.position() + length);
        }
        return numbers;
    }

    @Test
    void aMessageBeforeKexinitEndsAStrictExchange() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(SshPair.End.inTheClear(2, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
            assertThat(server.channel.isOpen()).isTrue();

            server.receive(kexInit(false, "curve25519-sha256", STRICT));
            server.takeOctets();

            assertThat(server.failure()).hasMessageContaining("first packet");
            assertThat(server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void aMessageBeforeKexinitIsNoMatterToAPeerThatIsNotStrict() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(SshPair.End.inTheClear(2, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
            server.receive(kexInit(false, "curve25519-sha256"));
            server.receive(SshPair.End.inTheClear(4, (byte) 0));
            server.receive(share("curve25519-sha256"));

            assertThat(numbers(server.takeOctets())).startsWith(20, 31, 21);
        }
    }

    @Test
    void aPeerThatIsNotStrictIsRefusedIfThatIsRequired() {
        TransportSettings settings = new TransportSettings(
                SshPair.ALGORITHMS, true, RekeyLimits.STANDARD, TransportSettings.KEY_EXCHANGE_TIME, List.of());
        try (SshPair.End server = server(settings)) {
            server.receive(VERSION);
            server.receive(kexInit(false, "curve25519-sha256"));

            assertThat(server.failure()).hasMessageContaining("no strict key exchange");
        }
        try (SshPair pair = SshPair.withSettings(settings)) {
            pair.run();
            assertThat(pair.server.isReady()).isTrue();
        }
    }

    @Test
    void aMessageBetweenTheReplyAndNewkeysEndsAStrictExchange() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(false, "curve25519-sha256", STRICT));
            server.receive(share("curve25519-sha256"));
            assertThat(numbers(server.takeOctets())).startsWith(20, 31, 21);

            server.receive(SshPair.End.inTheClear(2, (byte) 0, (byte) 0, (byte) 0, (byte) 0));

            assertThat(server.failure()).hasMessageContaining("within a key exchange");
        }
    }

    @Test
    void aSecondShareEndsTheExchange() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(false, "curve25519-sha256", STRICT));
            server.receive(share("curve25519-sha256"));
            server.receive(share("curve25519-sha256"));

            assertThat(server.failure()).hasMessageContaining("AWAIT_NEW_KEYS");
        }
    }

    @Test
    void aSecondKexinitEndsTheExchange() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(false, "curve25519-sha256", STRICT));
            server.receive(kexInit(false, "curve25519-sha256", STRICT));

            assertThat(server.failure()).hasMessageContaining("message 20");
        }
    }

    @Test
    void aRightGuessIsTaken() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(true, "curve25519-sha256", STRICT));
            server.receive(share("curve25519-sha256"));

            assertThat(numbers(server.takeOctets())).startsWith(20, 31, 21);
        }
    }

    @Test
    void aWrongGuessIsDroppedOnce() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(true, "ecdh-sha2-nistp256", "curve25519-sha256", STRICT));
            server.receive(share("ecdh-sha2-nistp256"));
            assertThat(numbers(server.takeOctets())).containsExactly(20);

            server.receive(share("curve25519-sha256"));

            assertThat(numbers(server.takeOctets())).startsWith(31, 21);
        }
    }

    @Test
    void aShareThatIsNoneEndsTheExchange() {
        try (SshPair.End server = server()) {
            server.receive(VERSION);
            server.receive(kexInit(false, "curve25519-sha256", STRICT));
            // all zero: a point of small order, and so no secret
            server.receive(packet(
                    new SshWriter().writeByte(30).writeString(new byte[32]).toByteArray()));

            assertThat(server.hasFailed()).isTrue();
            assertThat(numbers(server.takeOctets())).doesNotContain(31);
        }
    }

    @Test
    void sequenceNumbersBeginAnewWithEachExchangeIfItIsStrict() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(2000)).loggedIn()) {
            pair.client.send(94, new byte[3000]);
            pair.run();
            pair.client.send(94, (byte) 1);
            pair.run();

            // the packet under the new keys was the first again
            assertThat(pair.server.decoder.lastSequence()).isZero();
        }
    }

    @Test
    void aPeerThatGoesOnTalkingAfterItsKexinitIsCutOff() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(2000)).loggedIn()) {
            pair.client.workersBusy = true;
            pair.client.send(94, new byte[3000]);
            pair.server.receive(pair.client.takeOctets());
            pair.client.receive(pair.server.takeOctets());
            int before = pair.server.received.size();

            pair.client.forge(Unpooled.wrappedBuffer(new byte[] {94, 0, 0, 0, 0}));
            pair.server.receive(pair.client.takeOctets());

            assertThat(pair.server.failure()).hasMessageContaining("within a key exchange");
            assertThat(pair.server.received).hasSize(before);
        }
    }

    @Test
    void bothMayBeginAnExchangeAtTheSameTime() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(2000)).loggedIn()) {
            pair.client.send(94, new byte[3000]);
            pair.server.send(94, new byte[3000]);
            byte[] fromClient = pair.client.takeOctets();
            byte[] fromServer = pair.server.takeOctets();
            pair.client.receive(fromServer);
            pair.server.receive(fromClient);
            pair.run();

            pair.client.send(94, (byte) 7);
            pair.server.send(94, (byte) 8);
            pair.run();
            assertThat(pair.server.received).hasSize(2);
            assertThat(pair.client.received).hasSize(2);
        }
    }
}
