package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Lists that ssh-keygen made, and others by hand. */
final class RevocationListTest {

    private static final SshKeyPair CA = TestCertificate.CA;

    private static SshCertificate certificate(long serial) throws Exception {
        return SshCertificate.decode(
                new TestCertificate(TestKeys.ED25519.publicKey()).serial(serial).blob());
    }

    private static SshWriter list() {
        return new SshWriter()
                .writeBytes(new byte[] {'S', 'S', 'H', 'K', 'R', 'L', '\n', 0})
                .writeUint32(1)
                .writeUint64(1)
                .writeUint64(0)
                .writeUint64(0)
                .writeString("")
                .writeString("a comment");
    }

    private static SshWriter section(int type, byte[] data) {
        return list().writeByte(type).writeString(data);
    }

    private static RevocationList certificates(byte[] authority, int type, SshWriter data) throws Exception {
        SshWriter section = new SshWriter()
                .writeString(authority)
                .writeString("")
                .writeByte(type)
                .writeString(data.toByteArray());
        return RevocationList.decode(section(1, section.toByteArray()).toByteArray());
    }

    @Test
    void sshKeygensListOfCertificatesIsUnderstood() throws Exception {
        RevocationList list = RevocationList.decode(TrustVectors.file("certs.krl"));
        assertThat(list.isRevoked(TrustVectors.certificate("user-ed25519-cert.pub")))
                .isTrue();
        assertThat(list.isRevoked(TrustVectors.certificate("user-ecdsa-cert.pub")))
                .isFalse();
        assertThat(list.isRevoked(TrustVectors.certificate("user-rsa-cert.pub")))
                .isFalse();
        assertThat(list.isRevoked(TrustVectors.key("user-ed25519.pub"))).isFalse();
    }

    @Test
    void sshKeygensListOfKeysIsUnderstood() throws Exception {
        RevocationList list = RevocationList.decode(TrustVectors.file("keys.krl"));
        assertThat(list.isRevoked(TrustVectors.key("user-ecdsa.pub"))).isTrue();
        assertThat(list.isRevoked(TrustVectors.key("user-rsa.pub"))).isTrue();
        assertThat(list.isRevoked(TrustVectors.key("rsaca.pub"))).isTrue();
        assertThat(list.isRevoked(TrustVectors.key("user-ed25519.pub"))).isFalse();
        assertThat(list.isRevoked(TrustVectors.key("ca.pub"))).isFalse();
    }

    @Test
    void aCertificateIsRevokedWithItsKeyAndWithItsAuthoritysKey() throws Exception {
        RevocationList list = RevocationList.decode(TrustVectors.file("keys.krl"));
        assertThat(list.isRevoked(TrustVectors.certificate("user-ecdsa-cert.pub")))
                .isTrue();
        assertThat(list.isRevoked(TrustVectors.certificate("user-rsa-cert.pub")))
                .isTrue();
        byte[] onlyAuthority = section(
                        2,
                        new SshWriter()
                                .writeString(TrustVectors.key("rsaca.pub").blob())
                                .toByteArray())
                .toByteArray();
        RevocationList authority = RevocationList.decode(onlyAuthority);
        assertThat(authority.isRevoked(TrustVectors.key("user-rsa.pub"))).isFalse();
        assertThat(authority.isRevoked(TrustVectors.certificate("user-rsa-cert.pub")))
                .isTrue();
    }

    @Test
    void serialNumbersAreThoseOfOneAuthorityOrOfAll() throws Exception {
        SshWriter five = new SshWriter().writeUint64(5);
        byte[] ca = CA.publicKey().blob();
        assertThat(certificates(ca, 0x20, five).isRevoked(certificate(5))).isTrue();
        assertThat(certificates(ca, 0x20, five).isRevoked(certificate(6))).isFalse();
        assertThat(certificates(TestKeys.P256.publicKey().blob(), 0x20, five).isRevoked(certificate(5)))
                .isFalse();
        assertThat(certificates(new byte[0], 0x20, five).isRevoked(certificate(5)))
                .isTrue();
    }

    @Test
    void listsOfSerialNumbersNeedNotBeInOrderAndGoUpToTheLargest() throws Exception {
        SshWriter listed =
                new SshWriter().writeUint64(-1).writeUint64(7).writeUint64(0).writeUint64(3);
        RevocationList list = certificates(new byte[0], 0x20, listed);
        for (long serial : new long[] {-1, 7, 0, 3}) {
            assertThat(list.isRevoked(certificate(serial))).isTrue();
        }
        for (long serial : new long[] {-2, 1, 4, Long.MIN_VALUE}) {
            assertThat(list.isRevoked(certificate(serial))).isFalse();
        }
    }

    @Test
    void rangesIncludeBothEndsAndAreWithoutSign() throws Exception {
        RevocationList list =
                certificates(new byte[0], 0x21, new SshWriter().writeUint64(10).writeUint64(-2));
        for (long serial : new long[] {10, 11, Long.MAX_VALUE, Long.MIN_VALUE, -2}) {
            assertThat(list.isRevoked(certificate(serial))).isTrue();
        }
        assertThat(list.isRevoked(certificate(9))).isFalse();
        assertThat(list.isRevoked(certificate(-1))).isFalse();
        assertThatThrownBy(() -> certificates(
                        new byte[0], 0x21, new SshWriter().writeUint64(10).writeUint64(9)))
                .isInstanceOf(SshProtocolException.class);
    }

    @Test
    void bitmapsCountFromTheirOffset() throws Exception {
        BigInteger bits = BigInteger.ZERO.setBit(0).setBit(63).setBit(200);
        RevocationList list = certificates(
                new byte[0], 0x22, new SshWriter().writeUint64(1000).writeMpint(bits));
        for (long serial : new long[] {1000, 1063, 1200}) {
            assertThat(list.isRevoked(certificate(serial))).isTrue();
        }
        for (long serial : new long[] {999, 1001, 1062, 1199, 1201, 0, -1, 1000 + (1L << 32)}) {
            assertThat(list.isRevoked(certificate(serial))).isFalse();
        }
    }

    @Test
    void namesOfKeysAreComparedAsAWhole() throws Exception {
        RevocationList list = certificates(
                new byte[0], 0x23, new SshWriter().writeString("another").writeString("a key"));
        assertThat(list.isRevoked(certificate(1))).isTrue();
        RevocationList other = certificates(new byte[0], 0x23, new SshWriter().writeString("a ke"));
        assertThat(other.isRevoked(certificate(1))).isFalse();
    }

    @Test
    void whatHasToBeUnderstoodAndIsNotMakesTheListUnusable() throws Exception {
        byte[] critical = new SshWriter()
                .writeString("new@example.org")
                .writeBoolean(true)
                .writeString("")
                .toByteArray();
        byte[] harmless = new SshWriter()
                .writeString("new@example.org")
                .writeBoolean(false)
                .writeString("")
                .toByteArray();
        assertThatThrownBy(() -> RevocationList.decode(section(255, critical).toByteArray()))
                .isInstanceOf(SshProtocolException.class);
        assertThatThrownBy(() -> RevocationList.decode(section(6, harmless).toByteArray()))
                .isInstanceOf(SshProtocolException.class);
        assertThatThrownBy(() -> certificates(new byte[0], 0x39, new SshWriter().writeBytes(critical)))
                .isInstanceOf(SshProtocolException.class);
        assertThatThrownBy(() -> certificates(new byte[0], 0x24, new SshWriter()))
                .isInstanceOf(SshProtocolException.class);
        RevocationList.decode(section(255, harmless).toByteArray());
        certificates(new byte[0], 0x39, new SshWriter().writeBytes(harmless));
    }

    @Test
    void aListThatIsCutOffIsMalformed() {
        byte[] list = TrustVectors.file("certs.krl");
        int header = list().size() - "a comment".length();
        for (int length = 0; length < list.length; length++) {
            byte[] cut = Arrays.copyOf(list, length);
            if (length != header) {
                assertThatThrownBy(() -> RevocationList.decode(cut)).isInstanceOf(SshProtocolException.class);
            }
        }
    }

    @Test
    void aFingerprintHasTheLengthOfItsDigest() {
        assertThatThrownBy(() -> RevocationList.decode(
                        section(3, new SshWriter().writeString(new byte[32]).toByteArray())
                                .toByteArray()))
                .isInstanceOf(SshProtocolException.class);
        assertThatThrownBy(() -> RevocationList.decode(
                        section(5, new SshWriter().writeString(new byte[20]).toByteArray())
                                .toByteArray()))
                .isInstanceOf(SshProtocolException.class);
    }
}
