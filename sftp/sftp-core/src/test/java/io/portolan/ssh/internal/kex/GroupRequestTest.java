package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupRequestTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ModpGroup SMALLEST = ModpGroup.STANDARD.get(0);

    private static GroupRequest request(long min, long preferred, long max) throws SshProtocolException {
        SshWriter writer = new SshWriter();
        new GroupRequest(min, preferred, max).write(writer);
        return GroupRequest.read(new SshReader(writer.toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "2048, 2048, 8192, 2048",
        "2048, 2049, 8192, 3072",
        "2048, 3072, 8192, 3072",
        "2048, 4096, 8192, 4096",
        "2048, 5000, 8192, 6144",
        "2048, 8192, 8192, 8192",
        // the largest that it takes, as there is none as large as it prefers
        "2048, 3000, 3071, 2048",
        "2048, 7000, 8191, 6144",
        // what old clients ask for, and get our least
        "1024, 1024, 8192, 2048",
        "1024, 2048, 2048, 2048",
        "0, 0, 4294967295, 2048",
        "2048, 4294967295, 4294967295, 8192"
    })
    void theSmallestGroupIsChosenThatIsAsLargeAsAskedFor(long min, long preferred, long max, int bits)
            throws Exception {
        assertThat(request(min, preferred, max).choose().bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024, 2047", "3073, 3500, 4095", "8193, 8193, 16384", "0, 0, 0"})
    void requestsForNoGroupThatWeHaveAreRefused(long min, long preferred, long max) throws Exception {
        GroupRequest request = request(min, preferred, max);
        SshProtocolException refusal = catchThrowableOfType(SshProtocolException.class, request::choose);
        assertThat(refusal.reason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"4096, 2048, 8192", "2048, 8192, 4096", "8192, 4096, 2048"})
    void requestsThatContradictThemselvesAreMalformed(long min, long preferred, long max) {
        assertThat(catchThrowableOfType(SshProtocolException.class, () -> request(min, preferred, max)))
                .isNotNull();
    }

    private static void refusedByClient(BigInteger prime, BigInteger generator) {
        byte[] octets = new SshWriter().writeMpint(prime).writeMpint(generator).toByteArray();
        assertThat(catchThrowableOfType(
                        SshProtocolException.class,
                        () -> ModpGroup.read(new SshReader(octets), new GroupRequest(2048, 3072, 4096))))
                .isNotNull();
    }

    private static BigInteger odd(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    }

    @Test
    void aClientTakesTheGroupsOfTheSizeThatItAskedForOnly() throws Exception {
        for (int bits : new int[] {2048, 2500, 4096}) {
            byte[] octets = new SshWriter()
                    .writeMpint(odd(bits))
                    .writeMpint(BigInteger.TWO)
                    .toByteArray();
            ModpGroup group = ModpGroup.read(new SshReader(octets), new GroupRequest(2048, 3072, 4096));
            assertThat(group.bits()).isEqualTo(bits);
        }
        for (int bits : new int[] {1, 1024, 2047, 4097, 8192, 8193, 16_384}) {
            refusedByClient(odd(bits), BigInteger.TWO);
        }
        assertThat(new GroupRequest(512, 1024, 16_384).allows(1024)).isFalse();
        assertThat(new GroupRequest(512, 1024, 16_384).allows(8193)).isFalse();
    }

    @Test
    void aClientTakesNoGroupThatCannotBeGood() {
        BigInteger prime = SMALLEST.prime();
        refusedByClient(prime.clearBit(0), BigInteger.TWO);
        refusedByClient(prime.negate(), BigInteger.TWO);
        refusedByClient(BigInteger.ZERO, BigInteger.ZERO);
        refusedByClient(prime, BigInteger.ZERO);
        refusedByClient(prime, BigInteger.ONE);
        refusedByClient(prime, prime.subtract(BigInteger.ONE));
        refusedByClient(prime, prime);
        refusedByClient(prime, BigInteger.TWO.negate());
    }

    @Test
    void sharesAtTheEdgesOfTheGroupAreRefused() {
        KexMethod method = KexMethod.named("diffie-hellman-group-exchange-sha256")
                .orElseThrow()
                .in(GroupRequest.OURS, SMALLEST);
        BigInteger prime = SMALLEST.prime();
        for (BigInteger share : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.negate(), prime.subtract(BigInteger.ONE), prime
        }) {
            byte[] octets = share.toByteArray();
            assertThat(catchThrowableOfType(SshProtocolException.class, () -> method.answer(octets, RANDOM)))
                    .isNotNull();
            ClientExchange client = method.begin(RANDOM);
            assertThat(catchThrowableOfType(SshProtocolException.class, () -> client.finish(octets)))
                    .isNotNull();
        }
    }
}
