package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's and a server's key exchange with each other. */
final class KeyExchangeTest {

    private static Stream<String> methods() {
        return KexMethod.names().stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void bothEndsGetTheSameKeysByEachMethod(String method) {
        AlgorithmProposal algorithms = AlgorithmProposal.symmetric(
                List.of(method),
                List.of("ssh-ed25519"),
                List.of("aes256-ctr"),
                List.of("hmac-sha2-512"),
                List.of("none"));
        try (SshPair pair = SshPair.withSettings(SshPair.settings(algorithms, RekeyLimits.STANDARD))) {
            pair.run();

            pair.client.send(5, new byte[] {0, 0, 0, 1, 'x'});
            pair.run();

            assertThat(pair.server.received).containsExactly(new byte[] {5, 0, 0, 0, 1, 'x'});
            assertThat(pair.client.transport().sessionId())
                    .isEqualTo(pair.server.transport().sessionId());
            assertThat(pair.server.handler.negotiated().orElseThrow().keyExchange())
                    .isEqualTo(method);
        }
    }

    @Test
    void theIdentificationsAreKnownAbove() {
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.run();

            assertThat(pair.server.transport().remoteVersion()).isEqualTo("SSH-2.0-client");
            assertThat(pair.client.transport().remoteVersion()).isEqualTo("SSH-2.0-server");
        }
    }

    @Test
    void theServerTellsWhichSignaturesItTakes() {
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.run();

            assertThat(pair.client.transport().peerSignatureAlgorithms())
                    .containsExactly("ssh-ed25519", "rsa-sha2-512");
            assertThat(pair.server.transport().peerSignatureAlgorithms()).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotTrustTheHostSendsNothingMore() {
        try (SshPair pair = new SshPair(SshPair.SETTINGS, SshPair.SETTINGS, (algorithm, key) -> {
            throw new IOException("not the host that was meant");
        })) {
            pair.run();

            assertThat(pair.client.isReady()).isFalse();
            assertThat(pair.client.failure()).hasMessage("not the host that was meant");
            assertThat(pair.server.isReady()).isFalse();
            assertThat(pair.client.channel.isOpen()).isFalse();
        }
    }

    @Test
    void twoWithoutACommonAlgorithmPart() {
        AlgorithmProposal other = AlgorithmProposal.symmetric(
                List.of("ecdh-sha2-nistp256"),
                List.of("ssh-ed25519"),
                List.of("aes256-ctr"),
                List.of("hmac-sha2-512"),
                List.of("none"));
        try (SshPair pair =
                new SshPair(SshPair.SETTINGS, SshPair.settings(other, RekeyLimits.STANDARD), (algorithm, key) -> {})) {
            pair.run();

            assertThat(((SshProtocolException) pair.server.failure()).reason())
                    .isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
            assertThat(pair.server.channel.isOpen()).isFalse();
            assertThat(pair.client.channel.isOpen()).isFalse();
        }
    }

    @Test
    void keysAreRenewedAsOftenAsTheLimitSaysWhileBothDirectionsAreFull() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(4096)).loggedIn()) {
            byte[] id = pair.server.transport().sessionId();
            int count = 500;
            for (int i = 0; i < count; i++) {
                pair.client.send(94, new byte[1000]);
                pair.server.send(94, new byte[1500]);
                pair.run();
            }

            assertThat(pair.server.received).hasSize(count);
            assertThat(pair.client.received).hasSize(count);
            assertThat(pair.server.transport().sessionId()).isEqualTo(id);
            assertThat(pair.server.writabilityChanges).isGreaterThan(100);
            assertThat(pair.client.channel.isWritable()).isTrue();
        }
    }

    @Test
    void keysAreRenewedWithoutEndIfEveryPacketUsesThemUp() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(16)).loggedIn()) {
            for (int i = 0; i < 50; i++) {
                pair.client.send(94, (byte) i);
                pair.server.send(94, (byte) i);
                pair.run();
            }

            assertThat(pair.server.received).hasSize(50);
            assertThat(pair.client.received).hasSize(50);
        }
    }

    @Test
    void theHostIsVerifiedInEachExchangeAndTheSessionStaysTheSame() {
        TransportSettings settings =
                SshPair.settings(SshPair.ALGORITHMS, new RekeyLimits(1L << 30, 1L << 31, Duration.ofMinutes(1)));
        AtomicInteger verified = new AtomicInteger();
        try (SshPair pair =
                new SshPair(settings, settings, (algorithm, key) -> verified.incrementAndGet()).loggedIn()) {
            byte[] session = pair.client.transport().sessionId();
            assertThat(verified).hasValue(1);
            pair.server.channel.advanceTimeBy(61, java.util.concurrent.TimeUnit.SECONDS);
            pair.server.channel.runScheduledPendingTasks();
            pair.run();

            assertThat(verified).hasValue(2);
            assertThat(pair.client.transport().sessionId()).isEqualTo(session);
        }
    }

    @Test
    void keysAreRenewedWhenTheirTimeIsUp() {
        TransportSettings settings =
                SshPair.settings(SshPair.ALGORITHMS, new RekeyLimits(1L << 30, 1L << 31, Duration.ofMinutes(1)));
        try (SshPair pair = SshPair.withSettings(settings).loggedIn()) {
            pair.server.channel.advanceTimeBy(61, java.util.concurrent.TimeUnit.SECONDS);
            pair.server.channel.runScheduledPendingTasks();

            assertThat(pair.server.channel.isWritable()).isFalse();
            pair.run();
            assertThat(pair.server.channel.isWritable()).isTrue();
        }
    }

    @Test
    void whatIsWrittenWhileKeysAreExchangedComesBehindThemInOrder() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(4096)).loggedIn()) {
            pair.server.send(94, new byte[5000]);
            assertThat(pair.server.channel.isWritable()).isFalse();
            for (int i = 0; i < 100; i++) {
                pair.server.send(94, (byte) i);
            }
            pair.run();

            assertThat(pair.client.received).hasSize(101);
            assertThat(pair.client.received.get(100)).containsExactly(94, 99);
        }
    }

    @Test
    void tooMuchWrittenWhileKeysAreExchangedEndsTheConnection() {
        try (SshPair pair = SshPair.withSettings(SshPair.rekeyingAfter(4096)).loggedIn()) {
            pair.server.send(94, new byte[5000]);
            for (int i = 0; i <= KeptWrites.MAX_MESSAGES; i++) {
                pair.server.send(94, (byte) 1);
            }

            pair.server.takeOctets();

            assertThat(pair.server.failure()).hasMessageContaining("while keys are exchanged");
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void anExchangeThatNeverEndsHasATime() {
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.server.receive(pair.client.takeOctets());
            pair.server.channel.advanceTimeBy(
                    TransportSettings.KEY_EXCHANGE_TIME.toSeconds() + 1, java.util.concurrent.TimeUnit.SECONDS);
            pair.server.channel.runScheduledPendingTasks();
            pair.server.takeOctets();

            assertThat(pair.server.failure()).hasMessageContaining("took longer");
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void anEndThatIsClosedWhileAWorkerComputesLetsGoOfAll() {
        SshPair pair = SshPair.withSettings(SshPair.SETTINGS);
        pair.server.receive(pair.client.takeOctets());
        pair.close();

        assertThat(pair.server.isReady()).isFalse();
        assertThat(pair.server.hasFailed()).isFalse();
    }
}
