package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizedKeyListTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final byte[] BLOB = TestKeys.ED25519.publicKey().blob();

    private final List<String> complaints = new ArrayList<>();

    private static String key(SshKeyPair pair) {
        return pair.publicKey().type() + " "
                + Base64.getEncoder().encodeToString(pair.publicKey().blob());
    }

    private static final String KEY = key(TestKeys.ED25519);

    private AuthorizedKeyList parse(String text) throws Exception {
        return AuthorizedKeyList.parse(text, (line, problem) -> complaints.add(line + ": " + problem));
    }

    private KeyOptions options(String options) throws Exception {
        AuthorizedKeyList list = parse(options + " " + KEY + " a comment");
        assertThat(complaints).isEmpty();
        return list.find(BLOB, HERE, NOW);
    }

    private void assertLeftOut(String line) throws Exception {
        complaints.clear();
        assertThat(parse(line).size()).isZero();
        assertThat(complaints).hasSize(1);
    }

    @Test
    void commentsAndEmptyLinesAndAllLineEndsAreUnderstood() throws Exception {
        String text = "# comment\r\n\n  \t\n" + KEY + "\r\n   " + key(TestKeys.P256) + " with a comment \n"
                + "restrict\t" + key(TestKeys.RSA);
        AuthorizedKeyList list = parse(text);
        assertThat(complaints).isEmpty();
        assertThat(list.size()).isEqualTo(3);
        for (SshKeyPair pair : List.of(TestKeys.ED25519, TestKeys.P256, TestKeys.RSA)) {
            list.find(pair.publicKey().blob(), HERE, NOW);
        }
        assertThatThrownBy(() -> list.find(TestKeys.P384.publicKey().blob(), HERE, NOW))
                .isInstanceOf(TrustException.class);
    }

    @Test
    void allOptionsOfSshdAreUnderstood() throws Exception {
        KeyOptions all = options("agent-forwarding,no-agent-forwarding,command=\"say \\\"hi, you\\\"\","
                + "environment=\"A=1\",environment=\"B=2\",expiry-time=\"20991231\",from=\"*\",no-port-forwarding,"
                + "port-forwarding,no-pty,pty,no-touch-required,verify-required,no-user-rc,user-rc,"
                + "no-X11-forwarding,X11-forwarding,permitlisten=\"8080\",permitopen=\"host:80\","
                + "permitopen=\"host:81\",RESTRICT,tunnel=\"0\"");
        assertThat(all.forcedCommand()).contains("say \"hi, you\"");
        assertThat(all.expires()).isPresent();
        assertThat(all.from()).isPresent();
        assertThat(all.touchRequired()).isFalse();
        assertThat(all.verificationRequired()).isTrue();
        assertThat(options("restrict")).isEqualTo(KeyOptions.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-such-option",
                "command",
                "command=internal-sftp",
                "command=\"internal-sftp",
                "command=\"a\"b\"",
                "command=\"a\",command=\"b\"",
                "from=\"192.0.2.0/33\"",
                "from=\"\"",
                "expiry-time=\"tomorrow\"",
                "expiry-time=\"20261301\"",
                "expiry-time=\"2026060112\"",
                "principals=\"alice\"",
                "cert-authority,principals=\"\"",
                "cert-authority,principals=\"alice,\"",
                "restrict=\"yes\"",
                "restrict,",
                ",restrict",
                "restrict,,pty",
                "restrict, pty",
                "environment",
                "environment=A",
                "pty=\"no\""
            })
    void aMalformedOptionLeavesItsLineOut(String option) throws Exception {
        assertLeftOut(option + " " + KEY);
        AuthorizedKeyList others = parse(option + " " + KEY + "\n" + key(TestKeys.P256));
        assertThat(others.size()).isEqualTo(1);
    }

    @Test
    void brokenKeysLeaveTheirLineOut() throws Exception {
        assertLeftOut("ssh-ed25519");
        assertLeftOut("ssh-ed25519 !!!");
        assertLeftOut("ssh-rsa " + KEY.split(" ")[1]);
        assertLeftOut("ssh-ed25519 AAAA");
        assertLeftOut("just words");
        assertLeftOut("restrict");
        assertLeftOut("x".repeat(AuthorizedKey.MAX_LINE + 1));
        assertLeftOut(KEY + " " + "c".repeat(AuthorizedKey.MAX_LINE));
        assertLeftOut("restrict,".repeat(KeyOptions.MAX_OPTIONS) + "restrict " + KEY);
    }

    @Test
    void aWholeFileIsLimited() {
        assertThatThrownBy(() -> parse("#".repeat(AuthorizedKeyList.MAX_CHARACTERS + 1)))
                .isInstanceOf(TrustException.class);
    }

    @Test
    void aLineWithoutItsEndIsNotAnotherLinesBeginning() throws Exception {
        String half = "from=\"192.0.2.1\",restrict";
        assertLeftOut(half);
        complaints.clear();
        AuthorizedKeyList list = parse(half + "\n" + KEY);
        assertThat(complaints).hasSize(1);
        assertThat(list.find(BLOB, HERE, NOW)).isEqualTo(KeyOptions.NONE);
    }

    @Test
    void theOptionsAreThoseOfTheMatchingLine() throws Exception {
        AuthorizedKeyList list = parse("command=\"internal-sftp -R\" " + key(TestKeys.P256) + "\n"
                + "command=\"internal-sftp\" " + KEY + "\n" + key(TestKeys.RSA));
        assertThat(list.find(BLOB, HERE, NOW).forcedCommand()).contains("internal-sftp");
        assertThat(list.find(TestKeys.P256.publicKey().blob(), HERE, NOW).forcedCommand())
                .contains("internal-sftp -R");
        assertThat(list.find(TestKeys.RSA.publicKey().blob(), HERE, NOW).forcedCommand())
                .isEmpty();
    }

    @Test
    void aKeyFromElsewhereIsRefusedUnlessAnotherLineHasIt() throws Exception {
        String elsewhere = "from=\"192.0.2.1\",command=\"a\" " + KEY;
        assertThatThrownBy(() -> parse(elsewhere).find(BLOB, HERE, NOW))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("from there");
        KeyOptions second = parse(elsewhere + "\ncommand=\"b\" " + KEY).find(BLOB, HERE, NOW);
        assertThat(second.forcedCommand()).contains("b");
    }

    @Test
    void aKeyThatHasExpiredIsRefused() throws Exception {
        assertThat(options("expiry-time=\"20260601120001Z\"").expires()).contains(NOW.plusSeconds(1));
        assertThatThrownBy(() -> options("expiry-time=\"20260601120000Z\"")).isInstanceOf(TrustException.class);
        assertThat(options("expiry-time=\"202606011201Z\"").expires()).contains(NOW.plusSeconds(60));
        assertThat(options("expiry-time=\"20300101\"").expires())
                .contains(LocalDateTime.of(2030, 1, 1, 0, 0)
                        .atZone(ZoneId.systemDefault())
                        .toInstant());
    }

    private static SshCertificate certificate(String... principals) throws Exception {
        return SshCertificate.decode(new TestCertificate(TestKeys.ED25519.publicKey())
                .principals(principals)
                .blob());
    }

    @Test
    void anAuthoritysCertificatesLogInAndTheAuthorityItselfDoesNot() throws Exception {
        AuthorizedKeyList list = parse("cert-authority " + key(TestCertificate.CA));
        list.find(certificate("alice"), "alice", HERE, NOW);
        assertThatThrownBy(() -> list.find(TestCertificate.CA.publicKey().blob(), HERE, NOW))
                .isInstanceOf(TrustException.class);
        AuthorizedKeyList plain = parse(key(TestCertificate.CA) + "\n" + KEY);
        assertThatThrownBy(() -> plain.find(certificate("alice"), "alice", HERE, NOW))
                .isInstanceOf(TrustException.class);
    }

    @Test
    void principalsAreComparedAsAWhole() throws Exception {
        AuthorizedKeyList list = parse("cert-authority " + key(TestCertificate.CA));
        for (String other : List.of("bob", "alice,bob", "alice ", "Alice", "*", "", "alice\0")) {
            assertThatThrownBy(() -> list.find(certificate(other), "alice", HERE, NOW))
                    .isInstanceOf(TrustException.class);
        }
        list.find(certificate("bob", "alice"), "alice", HERE, NOW);
        AuthorizedKeyList named = parse("cert-authority,principals=\"backup,admin\" " + key(TestCertificate.CA));
        named.find(certificate("admin"), "alice", HERE, NOW);
        for (String other : List.of("alice", "backup,admin", "adm")) {
            assertThatThrownBy(() -> named.find(certificate(other), "alice", HERE, NOW))
                    .isInstanceOf(TrustException.class);
        }
        assertThatThrownBy(() -> list.find(certificate(), "alice", HERE, NOW)).isInstanceOf(TrustException.class);
    }
}
