package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.KeyWatch;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.packet.SshMac;
import io.portolan.testing.Payload;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The algorithms that each server tells in its KEXINIT and that we have too, with a file moved both ways. What it has not got, nobody can agree upon. */
final class AlgorithmsInCommonTest {

    /** More than a packet. */
    private static final int OCTETS = 100_000;

    private static void agreesAndMovesAFile(ForeignServer server, AlgorithmChoice choice) throws Exception {
        byte[] content = Payload.bytes(OCTETS);
        SftpClient.Builder settings = server.clientByCertificates().algorithms(choice.offer());
        KeyWatch watch = KeyWatch.of(settings);
        try (SftpClient client = settings.build();
                BlockingSftpSession session = client.connectBlocking()) {
            assertThat(watch.first()).hasSize(1);
            choice.isWhat(watch.first().get(0));
            String file = server.remote("algorithm");
            session.upload(TransferSource.fromBytes(content), file, UploadOptions.defaults());
            assertThat(server.local("algorithm")).hasBinaryContent(content);
            ByteSink back = TransferSink.toBytes(OCTETS);
            session.download(file, back, DownloadOptions.defaults());
            assertThat(back.bytes()).isEqualTo(content);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(choice.toString(), e);
        }
    }

    private static void tries(ServerKind kind, ForeignServer server, AlgorithmChoice choice) throws Exception {
        if (kind.signsWrongly(choice)) {
            assertThatThrownBy(() -> agreesAndMovesAFile(server, choice))
                    .hasRootCauseMessage("the server's signature is wrong");
        } else {
            agreesAndMovesAFile(server, choice);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachOfThemIsAgreedUponAndMovesAFile(ServerKind kind) throws Exception {
        try (ForeignServer server = kind.startWithAllItHas()) {
            Offer theirs = Offer.of(server.port());
            // they all have it, if they are told to
            assertThat(theirs.compressions()).contains(SshCompressionHandler.NAME);
            for (AlgorithmChoice choice : AlgorithmChoice.eachOf(theirs)) {
                tries(kind, server, choice);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void eachPairIsAgreedUponAndMovesAFile(ServerKind kind) throws Exception {
        try (ForeignServer server = kind.startWithAllItHas()) {
            for (AlgorithmChoice choice : AlgorithmChoice.crossed(Offer.of(server.port()))) {
                tries(kind, server, choice);
            }
        }
    }

    /** Or some would be left out everywhere. */
    @Test
    void clientsOfferEachAlgorithmThatThereIs() {
        SshAlgorithms ours = SshAlgorithms.compatible();
        assertThat(ours.keyExchanges()).containsExactlyInAnyOrderElementsOf(KexMethod.names());
        assertThat(ours.ciphers())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SshCipher.values())
                        .map(SshCipher::sshName)
                        .toList());
        assertThat(ours.macs())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SshMac.values()).map(SshMac::sshName).toList());
    }

    /** Or they would agree with themselves only about what nobody looks at. */
    @Test
    void ourServerHasWhatOurClientHas() throws Exception {
        try (ForeignServer server = Own.certified()) {
            Offer offer = Offer.of(server.port());
            SshAlgorithms ours = SshAlgorithms.compatible();
            assertThat(offer.keyExchanges()).containsAll(ours.keyExchanges());
            assertThat(offer.hostKeys()).containsAll(ours.hostKeys());
            assertThat(offer.ciphers()).containsAll(ours.ciphers());
            assertThat(offer.macs()).containsAll(ours.macs());
            assertThat(offer.compressions()).containsAll(List.of("none", SshCompressionHandler.NAME));
        }
    }
}
