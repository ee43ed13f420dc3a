package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes, the parsers answer or throw their own exception. */
final class TrustProperties {

    private static final byte[] CERTIFICATE = new TestCertificate(TestKeys.ED25519.publicKey())
            .critical("force-command", "internal-sftp")
            .critical("source-address", "192.0.2.0/24")
            .extension("permit-pty")
            .blob();

    private static final List<byte[]> LISTS = List.of(TrustVectors.file("certs.krl"), TrustVectors.file("keys.krl"));

    private static final String LINES = "cert-authority,principals=\"a,b\" " + TrustVectors.line("ca.pub")
            + "\nfrom=\"192.0.2.*,!192.0.2.7,2001:db8::/32\",expiry-time=\"20300101Z\",command=\"internal-sftp -R\" "
            + TrustVectors.line("user-ed25519.pub") + "\n# comment\nrestrict " + TrustVectors.line("user-rsa.pub");

    /** Some octets changed, cut out, doubled, or taken as lengths. */
    private static byte[] mutate(byte[] octets, long seed) {
        Random random = new Random(seed);
        byte[] changed = octets.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt(256);
                case 2 -> changed = Arrays.copyOf(changed, at + 1);
                default -> {
                    for (int j = at; j < Math.min(at + 4, changed.length); j++) {
                        changed[j] = (byte) 0xff;
                    }
                }
            }
        }
        return changed;
    }

    private static void certificate(byte[] octets) {
        try {
            SshCertificate certificate = SshCertificate.decode(octets);
            assertThat(certificate.blob()).isEqualTo(octets);
            CertificateTerms.of(certificate, InetAddress.getLoopbackAddress(), Instant.EPOCH);
        } catch (SshProtocolException | TrustException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void revocations(byte[] octets) {
        try {
            RevocationList list = RevocationList.decode(octets);
            assertThat(list.isRevoked(TestKeys.P256.publicKey())).isFalse();
            list.isRevoked(SshCertificate.decode(CERTIFICATE));
        } catch (SshProtocolException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void lines(String text) {
        try {
            AuthorizedKeyList list = AuthorizedKeyList.parse(
                    text, (line, problem) -> assertThat(problem).isNotEmpty());
            list.find(TestKeys.P256.publicKey().blob(), InetAddress.getLoopbackAddress(), Instant.EPOCH);
        } catch (TrustException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Property
    void anyOctetsAsACertificate(@ForAll byte[] octets) {
        certificate(octets);
    }

    @Property
    void aCertificateThatIsChanged(@ForAll long seed) {
        certificate(mutate(CERTIFICATE, seed));
    }

    @Property
    void anyOctetsAsARevocationList(@ForAll byte[] octets) {
        byte[] list = new byte[LISTS.get(0).length + octets.length];
        System.arraycopy(LISTS.get(0), 0, list, 0, LISTS.get(0).length);
        System.arraycopy(octets, 0, list, LISTS.get(0).length, octets.length);
        revocations(list);
        revocations(octets);
    }

    @Property
    void aRevocationListThatIsChanged(@ForAll long seed) {
        LISTS.forEach(list -> revocations(mutate(list, seed)));
    }

    @Property
    void anyTextAsAuthorizedKeys(@ForAll String text) {
        lines(text);
    }

    @Property
    void authorizedKeysThatAreChanged(@ForAll long seed) {
        lines(new String(mutate(LINES.getBytes(StandardCharsets.US_ASCII), seed), StandardCharsets.ISO_8859_1));
    }

    @Property
    void wildcardsAreThoseOfAnExpressionThatSaysTheSame(
            @ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> pattern,
            @ForAll @Size(max = 8) List<@IntRange(max = 1) Integer> text) {
        StringBuilder wild = new StringBuilder();
        StringBuilder expression = new StringBuilder();
        for (int piece : pattern) {
            wild.append("ab*?".charAt(piece));
            expression.append(List.of("a", "b", ".*", ".").get(piece));
        }
        StringBuilder subject = new StringBuilder();
        text.forEach(piece -> subject.append("ab".charAt(piece)));
        assertThat(Wildcards.matches(wild.toString(), subject.toString()))
                .isEqualTo(subject.toString().matches(expression.toString()));
    }
}
