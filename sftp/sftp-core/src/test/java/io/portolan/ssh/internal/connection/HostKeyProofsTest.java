package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ssh.internal.key.NistCurve;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSH's PROTOCOL, section 2.5. */
final class HostKeyProofsTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SshKeyPair ED25519 = SshKeyPair.generateEd25519(RANDOM);
    private static final SshKeyPair P256 = SshKeyPair.generateEcdsa(NistCurve.P256, RANDOM);
    private static final SshKeyPair RSA = SshKeyPair.generateRsa(2048, RANDOM);
    private static final byte[] SESSION_ID = {1, 2, 3};

    private final List<byte[]> successes = new ArrayList<>();
    private int failures;

    private final GlobalRequests.Reply reply = new GlobalRequests.Reply() {
        @Override
        public void success(byte[] response) {
            successes.add(response);
        }

        @Override
        public void failure() {
            failures++;
        }
    };

    private static HostKeyProofs proofs(String exchangeAlgorithm) {
        return new HostKeyProofs(
                List.of(ED25519, P256, RSA),
                SESSION_ID,
                exchangeAlgorithm,
                new WorkerLane(Runnable::run),
                ImmediateEventExecutor.INSTANCE);
    }

    private static SshReader blobs(SshKeyPair... pairs) {
        SshWriter writer = new SshWriter();
        Arrays.stream(pairs).forEach(pair -> writer.writeString(pair.publicKey().blob()));
        return new SshReader(writer.toByteArray());
    }

    private boolean ask(HostKeyProofs proofs, SshReader arguments) throws SshProtocolException {
        return proofs.received("hostkeys-prove-00@openssh.com", arguments, reply);
    }

    private static boolean proves(byte[] signature, SshKeyPair pair, String algorithm) throws SshProtocolException {
        byte[] signed = new SshWriter()
                .writeString("hostkeys-prove-00@openssh.com")
                .writeString(SESSION_ID)
                .writeString(pair.publicKey().blob())
                .toByteArray();
        return pair.publicKey().verify(algorithm, signed, signature);
    }

    @Test
    void eachKeyThatIsAskedForIsProvedInThatOrder() throws Exception {
        assertThat(ask(proofs("ssh-ed25519"), blobs(RSA, ED25519, P256))).isTrue();
        SshReader signatures = new SshReader(successes.get(0));
        assertThat(proves(signatures.readString(), RSA, "rsa-sha2-512")).isTrue();
        assertThat(proves(signatures.readString(), ED25519, "ssh-ed25519")).isTrue();
        assertThat(proves(signatures.readString(), P256, "ecdsa-sha2-nistp256")).isTrue();
        signatures.expectEnd();
        assertThat(failures).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-sha2-256, rsa-sha2-256",
        "rsa-sha2-512, rsa-sha2-512",
        "ssh-ed25519, rsa-sha2-512",
        "rsa-sha2-256-cert-v01@openssh.com, rsa-sha2-256"
    })
    void anRsaKeySignsAsInTheKeyExchange(String exchange, String expected) throws Exception {
        assertThat(ask(proofs(exchange), blobs(RSA))).isTrue();
        assertThat(proves(new SshReader(successes.get(0)).readString(), RSA, expected))
                .isTrue();
    }

    @Test
    void keysOfOthersAreNotProved() throws Exception {
        HostKeyProofs proofs = proofs("ssh-ed25519");
        assertThat(ask(proofs, blobs(ED25519, SshKeyPair.generateEd25519(RANDOM))))
                .isFalse();
        assertThat(ask(proofs, blobs())).isFalse();
        assertThat(ask(proofs, blobs(ED25519, ED25519))).isFalse();
        assertThat(proofs.received("hostkeys-00@openssh.com", blobs(ED25519), reply))
                .isFalse();
        assertThat(successes).isEmpty();
    }

    @Test
    void noMoreThanAFewProofsAreGiven() throws Exception {
        HostKeyProofs proofs = proofs("ssh-ed25519");
        for (int i = 0; i < HostKeyProofs.MAX_PROOFS; i++) {
            assertThat(ask(proofs, blobs(ED25519))).isTrue();
        }
        assertThat(ask(proofs, blobs(ED25519))).isFalse();
        assertThat(successes).hasSize(HostKeyProofs.MAX_PROOFS);
    }

    @Test
    void aMalformedRequestEndsTheConnection() {
        SshReader cutOff = new SshReader(new byte[] {0, 0, 0, 9, 1});
        assertThat(catchThrowableOfType(SshProtocolException.class, () -> ask(proofs(""), cutOff)))
                .isNotNull();
    }

    @Test
    void theAnnouncementHasAllKeys() throws Exception {
        SshReader announced = new SshReader(proofs("ssh-ed25519").announcement());
        for (SshKeyPair pair : List.of(ED25519, P256, RSA)) {
            assertThat(announced.readString()).isEqualTo(pair.publicKey().blob());
        }
        announced.expectEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-OpenSSH_9.2p1 Debian-2, true",
        "SSH-2.0-OpenSSH_for_Windows_8.1, true",
        "SSH-2.0-AsyncSSH_2.24, true",
        "SSH-2.0-PuTTY_Release_0.78, false",
        "SSH-2.0-paramiko_2.12, false",
        "SSH-2.0-JSCH_0.2.26, false",
        "SSH-2.0-, false"
    })
    void onlyThoseAreToldWhoMakeUseOfIt(String version, boolean told) {
        assertThat(HostKeyProofs.isTold(version)).isEqualTo(told);
    }
}
