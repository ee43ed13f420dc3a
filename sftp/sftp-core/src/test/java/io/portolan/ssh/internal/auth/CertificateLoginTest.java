package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the handler itself holds certificates to, whoever the authenticator is. */
final class CertificateLoginTest {

    private static final SshKeyPair KEY = TestKeys.ED25519;

    private final List<Credentials.PublicKey> seen = new ArrayList<>();
    private LoginRestrictions account = LoginRestrictions.none();

    /** Trusts everybody. */
    private final Authenticator gullible = request -> {
        seen.add((Credentials.PublicKey) request.credentials());
        return AuthenticationResult.accepted(account.attachTo(Identity.of(request.user())));
    };

    private static TestCertificate certificate() {
        return new TestCertificate(KEY.publicKey());
    }

    private static AuthClient.Reply login(AuthClient client, SshKeyPair pair, byte[] blob) throws Exception {
        String plain = pair.publicKey().signatureAlgorithms().get(0);
        String algorithm = plain + SshCertificate.SUFFIX;
        return client.send(client.signed("alice", pair, algorithm, plain, blob));
    }

    private void assertRefused(TestCertificate certificate) throws Exception {
        seen.clear();
        try (AuthClient client = AuthClient.ready(gullible)) {
            login(client, KEY, certificate.blob()).isFailure();
            client.send(AuthClient.query("alice", "ssh-ed25519" + SshCertificate.SUFFIX, certificate.blob()))
                    .isFailure();
            assertThat(seen).isEmpty();
        }
    }

    private AuthenticatedUser assertAccepted(TestCertificate certificate) throws Exception {
        try (AuthClient client = AuthClient.ready(gullible)) {
            login(client, KEY, certificate.blob()).isSuccess();
            return client.users.get(0);
        }
    }

    @Test
    void eachTypeOfKeyLogsInWithACertificate() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            try (AuthClient client = AuthClient.ready(gullible)) {
                byte[] blob = new TestCertificate(pair.publicKey()).blob();
                login(client, pair, blob).isSuccess();
                assertThat(client.users.get(0).keys())
                        .containsExactly(pair.publicKey().fingerprint());
                Credentials.PublicKey last = seen.get(seen.size() - 1);
                assertThat(last.blob()).isEqualTo(blob);
                assertThat(last.algorithm()).isEqualTo(TestCertificate.type(pair.publicKey()));
                assertThat(last.signed()).isTrue();
            }
        }
    }

    @Test
    void eachTypeOfAuthorityMaySign() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            for (String algorithm : pair.publicKey().signatureAlgorithms()) {
                assertAccepted(certificate().authority(pair).signedWith(algorithm));
            }
        }
    }

    @Test
    void theAuthoritysSignatureIsChecked() throws Exception {
        assertRefused(certificate().damaged());
    }

    @Test
    void theSignatureOfTheRequestIsThatOfTheCertifiedKey() throws Exception {
        try (AuthClient client = AuthClient.ready(gullible)) {
            login(
                            client,
                            SshKeyPair.generateEd25519(TestKeys.RANDOM),
                            certificate().blob())
                    .isFailure();
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aHostsCertificateAndOneOfNoKindAreRefused() throws Exception {
        assertRefused(certificate().kind(2));
        assertRefused(certificate().kind(0));
        assertRefused(certificate().kind(3));
    }

    @Test
    void aCertificateForNobodyInParticularIsRefused() throws Exception {
        assertRefused(certificate().principals());
    }

    @Test
    void aCertificateIsGoodWithinItsTimeOnly() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertAccepted(certificate().valid(now - 1000, now + 1000));
        assertAccepted(certificate().valid(0, -1));
        assertRefused(certificate().valid(now + 1000, -1));
        assertRefused(certificate().valid(0, now - 1000));
        assertRefused(certificate().valid(-1, -1));
        assertRefused(certificate().valid(0, 0));
    }

    @Test
    void theEndOfACertificateIsToldToTheSession() throws Exception {
        long end = Instant.now().getEpochSecond() + 1000;
        assertThat(assertAccepted(certificate().valid(0, end)).restrictions().expires())
                .contains(Instant.ofEpochSecond(end));
        assertThat(assertAccepted(certificate()).restrictions().expires()).isEmpty();
    }

    @Test
    void criticalOptionsThatNobodyKnowsAreARefusalAndExtensionsAreNot() throws Exception {
        assertRefused(certificate().critical("force-commands", "internal-sftp"));
        assertRefused(certificate().criticalFlag("permit-pty"));
        assertRefused(certificate().criticalFlag(""));
        assertAccepted(certificate().extension("permit-pty").extension("anything@example.org"));
    }

    @Test
    void anOptionThatComesTwiceIsARefusal() throws Exception {
        assertRefused(
                certificate().critical("force-command", "internal-sftp").critical("force-command", "internal-sftp -R"));
    }

    @Test
    void malformedOptionsAreARefusal() throws Exception {
        assertRefused(certificate().criticalFlag("force-command"));
        assertRefused(certificate().criticalFlag("source-address"));
        assertRefused(certificate().critical("source-address", ""));
        assertRefused(certificate().critical("source-address", "example.org"));
    }

    @Test
    void aForcedCommandReachesTheSession() throws Exception {
        AuthenticatedUser user = assertAccepted(certificate().critical("force-command", "internal-sftp -R"));
        assertThat(user.restrictions().forcedCommand()).contains("internal-sftp -R");
        assertThat(LoginRestrictions.of(user.identity()).forcedCommand()).contains("internal-sftp -R");
    }

    @Test
    void commandsThatTheCertificateAndTheAccountForceHaveToBeTheSame() throws Exception {
        account = LoginRestrictions.builder().forcedCommand("internal-sftp").build();
        assertAccepted(certificate().critical("force-command", "internal-sftp"));
        try (AuthClient client = AuthClient.ready(gullible)) {
            login(
                            client,
                            KEY,
                            certificate()
                                    .critical("force-command", "internal-sftp -R")
                                    .blob())
                    .isFailure();
        }
    }

    @Test
    void theSourceAddressIsHeldTo() throws Exception {
        TestCertificate certificate = certificate().critical("source-address", "192.0.2.0/24,2001:db8::/32");
        for (String inside : List.of("192.0.2.7", "2001:db8::7")) {
            try (AuthClient client = new AuthClient(gullible, s -> s, LoginGuard.none(), inside).withService()) {
                login(client, KEY, certificate.blob()).isSuccess();
            }
        }
        for (String outside : List.of("192.0.3.7", "2001:db9::7", "::1")) {
            try (AuthClient client = new AuthClient(gullible, s -> s, LoginGuard.none(), outside).withService()) {
                login(client, KEY, certificate.blob()).isFailure();
            }
        }
    }

    @Test
    void aSourceAddressOfAnEarlierStepIsHeldToAlsoWhenAPasswordFollows() throws Exception {
        Authenticator both = request -> AuthenticationResult.accepted(Identity.of("alice"));
        TestCertificate certificate = certificate().critical("source-address", "203.0.113.0/24");
        try (AuthClient client =
                AuthClient.ready(both, settings -> settings.chain(LoginMethod.PUBLIC_KEY, LoginMethod.PASSWORD))) {
            login(client, KEY, certificate.blob()).isFailure(false, "publickey");
            client.send(AuthClient.password("alice", "any")).isFailure(false, "publickey");
        }
    }

    @Test
    void octetsThatAreChangedAnywhereAreARefusal() throws Exception {
        byte[] blob = certificate().critical("force-command", "internal-sftp").blob();
        for (int i = 0; i < blob.length; i++) {
            byte[] changed = blob.clone();
            changed[i] ^= 1;
            try (AuthClient client = AuthClient.ready(gullible)) {
                login(client, KEY, changed).isFailure();
                assertThat(client.users).isEmpty();
                assertThat(seen).isEmpty();
            }
        }
    }
}
