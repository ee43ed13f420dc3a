package io.portolan.sftp.auth;

import static io.portolan.sftp.auth.KeyLogins.accepts;
import static io.portolan.sftp.auth.KeyLogins.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.auth.Authenticator;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.trust.TrustVectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustedUserCasTest {

    private final Authenticator trusted = TrustedUserCas.of(line(TestCertificate.CA) + " our CA");

    private static TestCertificate certificate() {
        return new TestCertificate(TestKeys.ED25519.publicKey());
    }

    @Test
    void aTrustedCasCertificateLetsItsPrincipalIn() throws Exception {
        assertThat(accepts(trusted, "alice", certificate().blob())).isTrue();
        assertThat(accepts(trusted, "bob", certificate().blob())).isFalse();
        assertThat(accepts(
                        trusted, "alice", certificate().principals("alice,bob").blob()))
                .isFalse();
        assertThat(accepts(trusted, "", certificate().principals().blob())).isFalse();
    }

    @Test
    void anotherCasCertificateAndAKeyAloneDoNot() throws Exception {
        assertThat(accepts(
                        trusted, "alice", certificate().authority(TestKeys.P256).blob()))
                .isFalse();
        assertThat(accepts(trusted, "alice", certificate().damaged().blob())).isFalse();
        assertThat(accepts(trusted, "alice", TestKeys.ED25519)).isFalse();
        assertThat(accepts(trusted, "alice", TestCertificate.CA)).isFalse();
    }

    @Test
    void aCaWithOptionsThatNobodyKeepsToIsNotTrusted() throws Exception {
        Authenticator limited = TrustedUserCas.of("from=\"192.0.2.0/24\" " + line(TestCertificate.CA));
        Authenticator marked = TrustedUserCas.of("cert-authority " + line(TestCertificate.CA));

        assertThat(accepts(limited, "alice", certificate().blob())).isFalse();
        assertThat(accepts(marked, "alice", certificate().blob())).isTrue();
    }

    @Test
    void certificatesMayBeForOtherNamesThanTheUsers() throws Exception {
        Authenticator roles = TrustedUserCas.of(line(TestCertificate.CA))
                .withPrincipals(user -> user.equals("alice") ? Set.of("staff", "admin") : Set.of());
        assertThat(accepts(roles, "alice", certificate().principals("admin").blob()))
                .isTrue();
        assertThat(accepts(roles, "alice", certificate().blob())).isFalse();
        assertThat(accepts(roles, "bob", certificate().principals("bob").blob()))
                .isFalse();
    }

    @Test
    void restrictionsComeWithTheIdentity() throws Exception {
        byte[] blob = certificate()
                .critical("force-command", "internal-sftp -R")
                .extension("no-touch-required")
                .blob();
        LoginRestrictions restrictions = KeyLogins.restrictions(trusted, "alice", blob);
        assertThat(restrictions.forcedCommand()).contains("internal-sftp -R");
        assertThat(restrictions.isTouchRequired()).isFalse();
    }

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        Authenticator cas = TrustedUserCas.of(TrustVectors.line("ca.pub") + "\n" + TrustVectors.line("rsaca.pub"));
        byte[] ecdsa = TrustVectors.blob(TrustVectors.line("user-ecdsa-cert.pub"));
        byte[] rsa = TrustVectors.blob(TrustVectors.line("user-rsa-cert.pub"));
        assertThat(accepts(cas, "alice", ecdsa)).isTrue();
        assertThat(accepts(cas, "alice", rsa)).isTrue();
        Authenticator bySerial = RevokedKeys.of(TrustVectors.file("certs.krl")).refusedBy(cas);
        assertThat(accepts(bySerial, "alice", ecdsa)).isTrue();
        Authenticator byKey = RevokedKeys.of(TrustVectors.file("keys.krl")).refusedBy(cas);
        assertThat(accepts(byKey, "alice", ecdsa)).isFalse();
        assertThat(accepts(byKey, "alice", rsa)).isFalse();
        Authenticator byText = RevokedKeys.of(TrustVectors.file("rsaca.pub")).refusedBy(cas);
        assertThat(accepts(byText, "alice", ecdsa)).isTrue();
        assertThat(accepts(byText, "alice", rsa)).isFalse();
    }

    @Test
    void aRevokedKeyIsRefusedWithoutACertificateToo() throws Exception {
        Authenticator keys = AuthorizedKeys.of("alice", line(TestKeys.P256));
        byte[] text = line(TestKeys.P256).getBytes(StandardCharsets.US_ASCII);
        assertThat(accepts(RevokedKeys.of(text).refusedBy(keys), "alice", TestKeys.P256))
                .isFalse();
        assertThat(accepts(RevokedKeys.of(new byte[0]).refusedBy(keys), "alice", TestKeys.P256))
                .isTrue();
    }

    @Test
    void aListThatNamesACertificateIsRefusedAsItWouldRevokeNothing() throws Exception {
        byte[] text = TrustVectors.line("user-rsa-cert.pub").getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> RevokedKeys.of(text)).hasMessageContaining("revoke");
    }

    @Test
    void whileTheListCannotBeReadNoKeyIsTaken(@TempDir Path folder) throws Exception {
        Authenticator keys = AuthorizedKeys.of("alice", line(TestKeys.P256));
        Path file = folder.resolve("revoked");
        Authenticator checked = RevokedKeys.file(file).refusedBy(keys);
        assertThatThrownBy(() -> accepts(checked, "alice", TestKeys.P256)).isInstanceOf(IOException.class);
        KeyLogins.write(file, "nonsense".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> accepts(checked, "alice", TestKeys.P256)).isInstanceOf(IOException.class);
        KeyLogins.write(file, TrustVectors.file("keys.krl"));
        assertThat(accepts(checked, "alice", TestKeys.P256)).isTrue();
        assertThatThrownBy(() -> RevokedKeys.of("nonsense".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
