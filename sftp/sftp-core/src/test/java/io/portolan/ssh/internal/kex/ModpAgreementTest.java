package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModpAgreementTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger P = ModpAgreement.GROUP_14.group().prime();

    private static Stream<byte[]> badShares() {
        byte[] padded = new byte[4];
        padded[3] = 2;
        return Stream.of(
                new byte[0],
                new byte[] {0},
                new byte[] {1},
                new byte[] {-2},
                P.subtract(BigInteger.ONE).toByteArray(),
                P.toByteArray(),
                P.add(BigInteger.TWO).toByteArray(),
                new byte[100_000],
                padded);
    }

    @ParameterizedTest
    @MethodSource("badShares")
    void sharesOutOfRangeAreRefused(byte[] share) {
        assertThatExceptionOfType(SshProtocolException.class)
                .isThrownBy(() -> ModpAgreement.GROUP_14.answer(share, RANDOM));
        assertThatExceptionOfType(SshProtocolException.class)
                .isThrownBy(() -> ModpAgreement.GROUP_14.begin(RANDOM).finish(share));
    }

    @Test
    void bothEndsGetTheSameSecretOfTheGroupsWidth() throws Exception {
        KeyAgreement.ClientHalf client = ModpAgreement.GROUP_14.begin(RANDOM);
        KeyAgreement.ServerHalf server = ModpAgreement.GROUP_14.answer(client.share(), RANDOM);

        assertThat(client.finish(server.share())).isEqualTo(server.secret()).hasSize(256);
    }
}
