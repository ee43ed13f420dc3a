package io.portolan.sftp.client.internal.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.sftp.client.HostKeyException;
import io.portolan.sftp.client.HostKeyException.Reason;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.ssh.internal.key.PublicKeyFile;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided about a host in each exchange of keys. */
final class HostKeyJudgeTest {

    private static final String HOST = "sftp.example.org";
    private static final String ALGORITHM = "ssh-ed25519";

    @TempDir
    private Path folder;

    private SshKeys keys;
    private Path authority;
    private Path key;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = new SshKeys(folder);
        authority = keys.key("ca", "ed25519");
        key = keys.key("host", "ed25519");
    }

    private static HostKeyJudge judge(String known) throws IOException {
        return HostKeySettings.inText(known).judge(HOST, 22);
    }

    private static HostKeyJudge learning(String known) throws IOException {
        return HostKeySettings.inText(known).updating().judge(HOST, 22);
    }

    private static SshPublicKey publicKey(Path file) throws IOException {
        return PublicKeyFile.load(Path.of(file + ".pub")).key();
    }

    private HostKeyException refused(String known, SshCertificate certificate) throws IOException {
        HostKeyJudge judge = judge(known);
        return catchThrowableOfType(
                HostKeyException.class, () -> judge.verifyCertificate(ALGORITHM + SshCertificate.SUFFIX, certificate));
    }

    private SshCertificate certificate(String... options) throws Exception {
        Path file = keys.certify(key, authority, options);
        return PublicKeyFile.load(file).certificate();
    }

    private String trustsAuthority() throws IOException {
        return "@cert-authority *.example.org " + SshKeys.publicHalf(authority) + "\n";
    }

    @Test
    void anotherKeyInALaterExchangeIsFatalEvenIfItIsKnownToo() throws Exception {
        SshPublicKey first = publicKey(key);
        SshPublicKey second = SshKeyPair.generateEd25519(new SecureRandom()).publicKey();
        HostKeyJudge judge = judge(
                HOST + " " + KnownHostsFile.keyText(first) + "\n" + HOST + " " + KnownHostsFile.keyText(second) + "\n");
        judge.verify(ALGORITHM, first);
        judge.verify(ALGORITHM, first);
        HostKeyException changed = catchThrowableOfType(HostKeyException.class, () -> judge.verify(ALGORITHM, second));
        assertThat(changed.reason()).isEqualTo(Reason.CHANGED);
        assertThat(changed.presentedFingerprint()).isEqualTo(second.fingerprint());
        assertThat(changed.knownFingerprints()).containsExactly(first.fingerprint());
    }

    @Test
    void aHostWithAnAliasIsKnownByThatOnlyAndWithoutItsPort() throws Exception {
        SshPublicKey shown = publicKey(key);
        String known = " " + SshKeys.publicHalf(key) + "\n";
        String others = " " + SshKeys.publicHalf(authority) + "\n";
        assertThatCode(() -> HostKeySettings.inText("alias" + known + HOST + others + "[" + HOST + "]:2222" + others)
                        .withAlias("Alias")
                        .judge(HOST, 2222)
                        .verify(ALGORITHM, shown))
                .doesNotThrowAnyException();
        HostKeyException unknown = catchThrowableOfType(
                HostKeyException.class,
                () -> HostKeySettings.inText(HOST + known + "[alias]:2222" + known)
                        .withAlias("alias")
                        .judge(HOST, 2222)
                        .verify(ALGORITHM, shown));
        assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(unknown).hasMessageContaining("add the line \"alias ssh-ed25519 ");
        HostKeyException changed = catchThrowableOfType(
                HostKeyException.class,
                () -> HostKeySettings.inText(HOST + known + "alias" + others)
                        .withAlias("alias")
                        .judge(HOST, 22)
                        .verify(ALGORITHM, shown));
        assertThat(changed.reason()).isEqualTo(Reason.CHANGED);
    }

    @Test
    void aCertificateHasToBeForTheAlias() throws Exception {
        String trusts = "@cert-authority alias " + SshKeys.publicHalf(authority);
        SshCertificate ofAlias = certificate("-h", "-n", "alias");
        SshCertificate ofHost = certificate("-h", "-n", HOST);
        String algorithm = ALGORITHM + SshCertificate.SUFFIX;
        HostKeySettings settings = HostKeySettings.inText(trusts).withAlias("alias");
        assertThatCode(() -> settings.judge(HOST, 2222).verifyCertificate(algorithm, ofAlias))
                .doesNotThrowAnyException();
        assertThat(catchThrowableOfType(
                                HostKeyException.class,
                                () -> settings.judge(HOST, 2222).verifyCertificate(algorithm, ofHost))
                        .reason())
                .isEqualTo(Reason.CERTIFICATE);
    }

    @Test
    void whoeverIsAskedAboutAHostWithAnAliasHearsWhereItIs() throws Exception {
        List<String> asked = new ArrayList<>();
        HostKeySettings.inText("")
                .withAlias("alias")
                .asking(question -> asked.add(question.host() + ":" + question.port()))
                .judge(HOST, 2222)
                .verify(ALGORITHM, publicKey(key));
        assertThat(asked).containsExactly(HOST + ":2222");
    }

    @Test
    void aQuestionThatFailsIsANo() throws Exception {
        HostKeyJudge judge = HostKeySettings.inText("")
                .asking(question -> {
                    throw new IllegalStateException("nobody is there");
                })
                .judge(HOST, 22);
        SshPublicKey shown = publicKey(key);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(catchThrowableOfType(HostKeyException.class, () -> judge.verify(ALGORITHM, shown)))
                    .hasMessageContaining("nobody is there")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void keysOfAHostThatAnAdministratorLooksAfterAreNotLearnt() throws Exception {
        Path own = folder.resolve("own");
        Path common = Files.writeString(folder.resolve("common"), HOST + " " + SshKeys.publicHalf(key));
        HostKeySettings settings =
                HostKeySettings.inFiles(List.of(own), List.of(common)).updating();
        SshPublicKey shown = publicKey(key);
        HostKeyJudge judge = settings.judge(HOST, 22);
        judge.verify(ALGORITHM, shown);
        assertThat(judge.learns()).isFalse();
        // whoever has it in a file of his own looks after it himself
        Files.copy(common, own);
        HostKeyJudge ofOwn = settings.judge(HOST, 22);
        ofOwn.verify(ALGORITHM, shown);
        assertThat(ofOwn.learns()).isTrue();
    }

    @Test
    void nobodyIsAskedAboutAHostThatHasChanged() throws Exception {
        HostKeyJudge judge = HostKeySettings.inText(HOST + " " + SshKeys.publicHalf(authority))
                .asking(question -> {
                    throw new AssertionError("asked");
                })
                .judge(HOST, 22);
        SshPublicKey shown = publicKey(key);
        assertThat(catchThrowableOfType(HostKeyException.class, () -> judge.verify(ALGORITHM, shown))
                        .reason())
                .isEqualTo(Reason.CHANGED);
    }

    @Test
    void otherFingerprintsThanConfiguredAreAChange() throws Exception {
        SshPublicKey shown = publicKey(key);
        SshPublicKey meant = publicKey(authority);
        HostKeyJudge judge = HostKeySettings.withFingerprints(Set.of(meant.fingerprint()))
                .asking(question -> true)
                .judge(HOST, 22);
        HostKeyException changed = catchThrowableOfType(HostKeyException.class, () -> judge.verify(ALGORITHM, shown));
        assertThat(changed.reason()).isEqualTo(Reason.CHANGED);
        assertThat(changed.knownFingerprints()).containsExactly(meant.fingerprint());
        assertThatCode(() -> judge.verify(ALGORITHM, meant)).doesNotThrowAnyException();
    }

    @Test
    void aCertificateOfATrustedCaForThisHostAndThisTimeIsTrusted() throws Exception {
        HostKeyJudge judge = judge(trustsAuthority());
        assertThat(judge.takesCertificates()).isTrue();
        SshCertificate good = certificate("-h", "-n", "other.example.org,*.Example.org", "-V", "-1m:+1h");
        assertThatCode(() -> {
                    judge.verifyCertificate(ALGORITHM + SshCertificate.SUFFIX, good);
                    judge.verifyCertificate(ALGORITHM + SshCertificate.SUFFIX, good);
                })
                .doesNotThrowAnyException();
    }

    /** They would be trusted for ever then, while the certificate ends, and its authority may be revoked. */
    @Test
    void noKeysAreLearntByTheWordOfACertificate() throws Exception {
        HostKeyJudge byKey = learning(HOST + " " + SshKeys.publicHalf(key));
        byKey.verify(ALGORITHM, publicKey(key));
        assertThat(byKey.learns()).isTrue();

        HostKeyJudge byCertificate = learning(trustsAuthority());
        byCertificate.verifyCertificate(
                ALGORITHM + SshCertificate.SUFFIX, certificate("-h", "-n", HOST, "-V", "-1m:+1h"));
        assertThat(byCertificate.learns()).isFalse();
    }

    @Test
    void certificatesThatDoNotHoldAreTold() throws Exception {
        String known = trustsAuthority();
        assertThat(refused(known, certificate("-h", "-n", "other.example.org"))).hasMessageContaining("is not for");
        assertThat(refused(known, certificate("-h"))).hasMessageContaining("is not for");
        assertThat(refused(known, certificate("-n", HOST))).hasMessageContaining("not a host's");
        assertThat(refused(known, certificate("-h", "-n", HOST, "-V", "20200101:20210101")))
                .hasMessageContaining("not in force");
        assertThat(refused(known, certificate("-h", "-n", HOST, "-O", "critical:unknown@example.org=1")))
                .hasMessageContaining("critical option");
        assertThat(refused(known, certificate("-h", "-n", "other.org")).reason())
                .isEqualTo(Reason.CERTIFICATE);
    }

    @Test
    void aRevokedCaCertifiesNobody() throws Exception {
        SshCertificate good = certificate("-h", "-n", HOST);
        assertThat(refused(trustsAuthority() + "@revoked * " + SshKeys.publicHalf(authority), good)
                        .reason())
                .isEqualTo(Reason.REVOKED);
        assertThat(refused(trustsAuthority() + "@revoked * " + SshKeys.publicHalf(key), good)
                        .reason())
                .isEqualTo(Reason.REVOKED);
    }

    @Test
    void aCertificateOfAnotherCaIsAsGoodAsItsKey() throws Exception {
        SshCertificate good = certificate("-h", "-n", HOST);
        String other = "@cert-authority * " + SshKeys.publicHalf(keys.key("other", "ed25519")) + "\n";
        assertThat(refused(other, good).reason()).isEqualTo(Reason.UNKNOWN);
        HostKeyJudge judge = judge(other + HOST + " " + SshKeys.publicHalf(key));
        assertThatCode(() -> judge.verifyCertificate(ALGORITHM + SshCertificate.SUFFIX, good))
                .doesNotThrowAnyException();
    }
}
