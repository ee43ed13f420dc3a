package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.key.NistCurve;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KexMethodTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NOTHING = {};

    static List<String> names() {
        return KexMethod.names();
    }

    private static KexMethod method(String name) {
        KexMethod method = KexMethod.named(name).orElseThrow();
        return method.exchangesGroup() ? method.in(GroupRequest.OURS, ModpGroup.STANDARD.get(0)) : method;
    }

    private static byte[] keys(KexMethod method, SharedSecret secret) {
        return new KeyDerivation(method, secret, NOTHING, NOTHING).derive(KeyPurpose.IV_TO_CLIENT, 64);
    }

    private static void exchange(KexMethod method, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            ClientExchange client = method.begin(RANDOM);
            ServerExchange server = method.answer(client.share(), RANDOM);
            assertThat(keys(method, client.finish(server.share())))
                    .as("exchange %s", i)
                    .isEqualTo(keys(method, server.secret()));
        }
    }

    private static void refused(KexMethod method, byte[] share) {
        SshProtocolException byServer =
                catchThrowableOfType(SshProtocolException.class, () -> method.answer(share, RANDOM));
        assertThat(byServer).isNotNull();
        assertThat(byServer.reason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
    }

    private static void refusedByClient(KexMethod method, byte[] share) {
        ClientExchange client = method.begin(RANDOM);
        SshProtocolException byClient = catchThrowableOfType(SshProtocolException.class, () -> client.finish(share));
        assertThat(byClient).isNotNull();
        assertThat(byClient.reason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
    }

    /** Enough that a mistake with a leading zero, one in 256, rarely stays hidden; the long test makes sure. */
    @ParameterizedTest
    @MethodSource("names")
    void bothSidesHaveTheSameSecret(String name) throws Exception {
        exchange(method(name), 50);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("names")
    void bothSidesHaveTheSameSecretTwoThousandTimes(String name) throws Exception {
        exchange(method(name), 2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "mlkem768x25519-sha256, 1216, 1120",
        "mlkem768nistp256-sha256, 1249, 1153",
        "mlkem1024nistp384-sha384, 1665, 1665",
        "sntrup761x25519-sha512, 1190, 1071",
        "sntrup761x25519-sha512@openssh.com, 1190, 1071",
        "curve25519-sha256, 32, 32",
        "curve25519-sha256@libssh.org, 32, 32",
        "ecdh-sha2-nistp256, 65, 65",
        "ecdh-sha2-nistp384, 97, 97",
        "ecdh-sha2-nistp521, 133, 133"
    })
    void sharesHaveExactlyTheLengthOfTheSpecification(String name, int toServer, int toClient) throws Exception {
        KexMethod method = method(name);
        ClientExchange client = method.begin(RANDOM);
        assertThat(client.share()).hasSize(toServer);
        byte[] answer = method.answer(client.share(), RANDOM).share();
        assertThat(answer).hasSize(toClient);
        for (int length : new int[] {0, 1, toServer - 1, toServer + 1, 2 * toServer}) {
            refused(method, Arrays.copyOf(client.share(), length));
        }
        for (int length : new int[] {0, 1, toClient - 1, toClient + 1, 2 * toClient}) {
            refusedByClient(method, Arrays.copyOf(answer, length));
        }
    }

    @Test
    void unknownNamesAreNoMethods() {
        assertThat(KexMethod.named("diffie-hellman-group1-sha1")).isEmpty();
        for (KexMarker marker : KexMarker.values()) {
            assertThat(KexMethod.named(marker.wireName())).isEmpty();
        }
        assertThat(KexMethod.names()).hasSize(14).startsWith("mlkem768x25519-sha256");
    }

    /** The example of RFC 7748 section 6.1, from Bob's side. */
    @Test
    void x25519GivesTheSecretOfTheRfc() throws Exception {
        HexFormat hex = HexFormat.of();
        byte[] bob = hex.parseHex("302e020100300506032b656e04220420"
                + "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        PrivateKey key = KeyFactory.getInstance("X25519").generatePrivate(new PKCS8EncodedKeySpec(bob));
        byte[] alice = hex.parseHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(X25519Agreement.agree(key, alice))
                .isEqualTo(hex.parseHex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    }

    /** The points of small order, with which the secret would be zero whatever our key is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void x25519SharesOfSmallOrderAreRefused(String share) throws Exception {
        byte[] octets = HexFormat.of().parseHex(share);
        refused(method("curve25519-sha256"), octets);
        refusedByClient(method("curve25519-sha256"), octets);
        for (String hybrid : List.of("mlkem768x25519-sha256", "sntrup761x25519-sha512")) {
            byte[] toServer = method(hybrid).begin(RANDOM).share();
            System.arraycopy(octets, 0, toServer, toServer.length - 32, 32);
            refused(method(hybrid), toServer);
            byte[] toClient = method(hybrid)
                    .answer(method(hybrid).begin(RANDOM).share(), RANDOM)
                    .share();
            System.arraycopy(octets, 0, toClient, toClient.length - 32, 32);
            refusedByClient(method(hybrid), toClient);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521"})
    void pointsThatAreNotOnTheCurveAreRefused(String name) {
        KexMethod method = method(name);
        byte[] good = method.begin(RANDOM).share();
        int half = (good.length - 1) / 2;
        byte[] off = good.clone();
        off[good.length - 1] ^= 1;
        byte[] compressed = Arrays.copyOf(good, 1 + half);
        compressed[0] = 2;
        byte[] hybridForm = good.clone();
        hybridForm[0] = 6;
        byte[] origin = new byte[good.length];
        origin[0] = 4;
        byte[] beyondTheField = good.clone();
        Arrays.fill(beyondTheField, 1, 1 + half, (byte) 0xff);
        for (byte[] bad : List.of(off, compressed, hybridForm, origin, beyondTheField, new byte[] {0})) {
            refused(method, bad);
            refusedByClient(method, bad);
        }
    }

    @Test
    void aPointOfAnotherCurveIsRefused() {
        byte[] p384 = method("ecdh-sha2-nistp384").begin(RANDOM).share();
        refused(method("ecdh-sha2-nistp256"), p384);
        refused(method("ecdh-sha2-nistp256"), Arrays.copyOf(p384, NistCurve.P256.pointOctets()));
    }

    /** 0xfff in place of any coefficient is not reduced by 3329. */
    @ParameterizedTest
    @CsvSource({
        "mlkem768x25519-sha256, 0",
        "mlkem768x25519-sha256, 1149",
        "mlkem1024nistp384-sha384, 600",
        "mlkem768nistp256-sha256, 3"
    })
    void anMlKemKeyThatIsNotReducedIsRefused(String name, int offset) {
        byte[] share = method(name).begin(RANDOM).share();
        share[offset] = (byte) 0xff;
        share[offset + 1] |= 0x0f;
        refused(method(name), share);
        byte[] second = method(name).begin(RANDOM).share();
        second[offset + 1] |= (byte) 0xf0;
        second[offset + 2] = (byte) 0xff;
        refused(method(name), second);
    }

    /** Decapsulation has no errors: the secrets differ, and the signature over the hash will not fit. */
    @ParameterizedTest
    @ValueSource(strings = {"mlkem768x25519-sha256", "mlkem1024nistp384-sha384", "sntrup761x25519-sha512"})
    void aCiphertextThatWasTamperedWithGivesAnotherSecret(String name) throws Exception {
        KexMethod method = method(name);
        ClientExchange client = method.begin(RANDOM);
        ServerExchange server = method.answer(client.share(), RANDOM);
        for (int offset : new int[] {0, 500, 1030}) {
            byte[] answer = server.share();
            answer[offset] ^= 1;
            assertThat(keys(method, client.finish(answer))).isNotEqualTo(keys(method, server.secret()));
        }
    }

    @Test
    void whateverComesAsAnNtruKeyIsNoExceptionButOurs() throws Exception {
        KexMethod method = method("sntrup761x25519-sha512");
        byte[] share = method.begin(RANDOM).share();
        for (int fill : new int[] {0, 0x7f, 0xff}) {
            Arrays.fill(share, 0, 1158, (byte) fill);
            assertThat(method.answer(share, RANDOM).share()).hasSize(1071);
            byte[] answer = method.answer(method.begin(RANDOM).share(), RANDOM).share();
            Arrays.fill(answer, 0, 1039, (byte) fill);
            assertThat(keys(method, method.begin(RANDOM).finish(answer))).hasSize(64);
        }
    }

    @Test
    void aClosedSecretIsGone() throws Exception {
        KexMethod method = method("curve25519-sha256");
        SharedSecret first = SharedSecret.number(new byte[] {1, 2, 3});
        byte[] before = keys(method, first);
        first.close();
        assertThat(keys(method, first)).isNotEqualTo(before);
    }

    @Test
    void secretsHandedOverAreZeroed() {
        byte[] raw = {1, 2, 3};
        SharedSecret.octets(raw).close();
        assertThat(raw).containsOnly(0);
    }
}
