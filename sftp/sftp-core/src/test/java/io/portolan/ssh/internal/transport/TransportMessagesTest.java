package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The transport's own messages. */
final class TransportMessagesTest {

    private static final int EXT_INFO = 7;
    private static final int PING = 192;

    private static byte[] body(byte[] payload) {
        return Arrays.copyOfRange(payload, 1, payload.length);
    }

    private static SshPair ready() {
        SshPair pair = SshPair.withSettings(SshPair.SETTINGS);
        pair.run();
        return pair;
    }

    @Test
    void aPingIsAnsweredWithItsData() {
        try (SshPair pair = ready()) {
            int before = pair.client.decoder.lastSequence();
            pair.client.forge(
                    PING, body(new SshWriter().writeByte(0).writeString("hello").toByteArray()));
            pair.run();

            assertThat(pair.client.decoder.lastSequence()).isEqualTo(before + 1);
            assertThat(pair.server.channel.isOpen()).isTrue();
        }
    }

    @Test
    void pingsWithoutEndByAPeerThatReadsNothingEndTheConnection() {
        try (SshPair pair = ready().loggedIn()) {
            // answers wait while keys are exchanged, as they do for a socket that takes nothing
            pair.server.channel.advanceTimeBy(2, java.util.concurrent.TimeUnit.HOURS);
            pair.server.channel.runScheduledPendingTasks();
            pair.server.takeOctets();
            for (int i = 0; i <= SshTransportHandler.MAX_UNSENT_ANSWERS; i++) {
                pair.client.forge(
                        PING, body(new SshWriter().writeByte(0).writeString("x").toByteArray()));
            }
            pair.server.receive(pair.client.takeOctets());

            assertThat(pair.server.failure()).hasMessageContaining("answers without end");
        }
    }

    @Test
    void whatNobodyKnowsIsAnsweredWithItsSequenceNumber() {
        try (SshPair pair = ready()) {
            int before = pair.client.decoder.lastSequence();
            pair.client.forge(8);
            pair.run();

            assertThat(pair.client.decoder.lastSequence()).isEqualTo(before + 1);
            assertThat(pair.client.channel.isOpen()).isTrue();
        }
    }

    @Test
    void extensionsMayComeOnlyBehindNewkeys() {
        try (SshPair pair = ready()) {
            pair.client.send(5, (byte) 1);
            pair.run();
            pair.client.forge(EXT_INFO, body(new ExtensionInfo(Map.of()).encode()));
            pair.run();

            assertThat(pair.server.failure()).hasMessageContaining("EXT_INFO where none may come");
        }
    }

    @Test
    void aServerMayTellItsExtensionsAgainBeforeItLetsTheClientIn() {
        try (SshPair pair = ready()) {
            pair.server.forge(EXT_INFO, body(new ExtensionInfo(Map.of("server-sig-algs", "ssh-ed25519")).encode()));
            pair.run();
            assertThat(pair.client.transport().peerSignatureAlgorithms()).containsExactly("ssh-ed25519");

            pair.server.forge(EXT_INFO, body(new ExtensionInfo(Map.of()).encode()));
            pair.run();
            assertThat(pair.client.failure()).hasMessageContaining("EXT_INFO where none may come");
        }
    }

    @Test
    void extensionsByTheBillionAreRefusedBeforeTheyAreRead() {
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.run();
            pair.server.forge(EXT_INFO, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            pair.run();

            assertThat(pair.client.failure()).hasMessageContaining("4294967295 extensions");
        }
    }

    @Test
    void aGoodbyeIsToldWithItsWordsMadeSafe() {
        try (SshPair pair = ready()) {
            pair.client.forge(
                    1,
                    body(new SshWriter()
                            .writeByte(0)
                            .writeUint32(11)
                            .writeString(new byte[] {'b', 'y', 'e', 0x1b, '\n', (byte) 0xff})
                            .writeString("")
                            .toByteArray()));
            pair.run();

            assertThat(pair.server.events).contains(new PeerDisconnected(11, "bye??�"));
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void ourGoodbyeArrivesBeforeTheConnectionCloses() {
        try (SshPair pair = ready()) {
            pair.server.transport().disconnect(DisconnectReason.BY_APPLICATION, "the server stops");
            pair.run();

            assertThat(pair.client.events).contains(new PeerDisconnected(11, "the server stops"));
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void afterTheEndNothingIsReadOrWritten() {
        try (SshPair pair = ready()) {
            pair.server.transport().disconnect(DisconnectReason.BY_APPLICATION, "");
            pair.client.send(5, (byte) 1);
            pair.server.receive(pair.client.takeOctets());
            pair.server.send(6, (byte) 1);

            assertThat(pair.server.received).isEmpty();
        }
    }
}
