package io.portolan.sftp.auth;

import static io.portolan.sftp.auth.KeyLogins.accepts;
import static io.portolan.sftp.auth.KeyLogins.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.auth.Credentials;
import io.portolan.ssh.internal.auth.FakeSession;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class AuthorizedKeysTest {

    private static final SshKeyPair ALICE = TestKeys.ED25519;
    private static final SshKeyPair BOB = TestKeys.P256;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("keys"));
        if (OS.WINDOWS.isCurrentOs()) {
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        KeyLogins.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void eachUserHasItsOwnKeys() throws Exception {
        Authenticator keys = AuthorizedKeys.of(Map.of("alice", line(ALICE) + " alice@home", "bob", line(BOB)));
        assertThat(accepts(keys, "alice", ALICE)).isTrue();
        assertThat(accepts(keys, "bob", BOB)).isTrue();
        assertThat(accepts(keys, "alice", BOB)).isFalse();
        assertThat(accepts(keys, "bob", ALICE)).isFalse();
        assertThat(accepts(keys, "carol", ALICE)).isFalse();
    }

    @Test
    void whatIsGivenByTheProgramHasToBeRight() {
        assertThatThrownBy(() -> AuthorizedKeys.of("alice", line(ALICE) + "\nrestricted " + line(BOB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alice")
                .hasMessageContaining("line 2");
    }

    @Test
    void restrictionsComeWithTheIdentity() throws Exception {
        Authenticator keys = AuthorizedKeys.of(
                "alice",
                "command=\"internal-sftp -R\",expiry-time=\"20991231Z\",verify-required,no-touch-required "
                        + line(ALICE));
        LoginRestrictions restrictions =
                KeyLogins.restrictions(keys, "alice", ALICE.publicKey().blob());
        assertThat(restrictions.forcedCommand()).contains("internal-sftp -R");
        assertThat(restrictions.expires()).contains(Instant.parse("2099-12-31T00:00:00Z"));
        assertThat(restrictions.isTouchRequired()).isFalse();
        assertThat(restrictions.isVerificationRequired()).isTrue();
    }

    @Test
    void theAddressIsHeldTo() throws Exception {
        Authenticator keys = AuthorizedKeys.of("alice", "from=\"203.0.113.0/24\" " + line(ALICE));
        byte[] blob = ALICE.publicKey().blob();
        assertThat(KeyLogins.with(keys, "alice", blob, "203.0.113.9"))
                .isInstanceOf(AuthenticationResult.Accepted.class);
        assertThat(KeyLogins.with(keys, "alice", blob, "203.0.114.9"))
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void aCertificatesRestrictionsAndTheLinesBothHold() throws Exception {
        Authenticator keys = AuthorizedKeys.of(
                "alice", "cert-authority,verify-required,principals=\"staff\" " + line(TestCertificate.CA));
        TestCertificate certificate =
                new TestCertificate(ALICE.publicKey()).principals("staff").critical("force-command", "internal-sftp");
        LoginRestrictions both = KeyLogins.restrictions(keys, "alice", certificate.blob());
        assertThat(both.forcedCommand()).contains("internal-sftp");
        assertThat(both.isVerificationRequired()).isTrue();
        assertThat(accepts(keys, "alice", certificate.principals("alice").blob()))
                .isFalse();
        assertThat(accepts(
                        keys, "alice", certificate.principals("staff").kind(2).blob()))
                .isFalse();
    }

    @Test
    void otherCredentialsAreLeftToOthers() throws Exception {
        Authenticator both =
                Authenticators.firstOf(AuthorizedKeys.of("alice", line(ALICE)), Authenticators.user("alice", "pw"));
        assertThat(accepts(both, "alice", ALICE)).isTrue();
        AuthenticationRequest password = new AuthenticationRequest(
                "alice", new Credentials.Password("pw".toCharArray()), FakeSession.from("::1"));
        assertThat(both.authenticate(password)).isInstanceOf(AuthenticationResult.Accepted.class);
    }

    @Test
    void aFileIsReadAgainWhenItHasChanged() throws Exception {
        Path file = folder.resolve("authorized_keys");
        Authenticator keys = AuthorizedKeys.file("alice", file);
        assertThat(accepts(keys, "alice", ALICE)).isFalse();
        write(file, line(ALICE));
        assertThat(accepts(keys, "alice", ALICE)).isTrue();
        assertThat(accepts(keys, "bob", ALICE)).isFalse();
        write(file, "no-such-option " + line(ALICE) + "\n" + line(BOB) + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(accepts(keys, "alice", ALICE)).isFalse();
        assertThat(accepts(keys, "alice", BOB)).isTrue();
        Files.delete(file);
        assertThat(accepts(keys, "alice", BOB)).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatOthersCanWriteLetsNobodyIn() throws Exception {
        Path file = folder.resolve("authorized_keys");
        write(file, line(ALICE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> accepts(AuthorizedKeys.file("alice", file), "alice", ALICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> accepts(AuthorizedKeys.file("alice", file), "alice", ALICE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoFileOrTooLongLetsNobodyIn() throws Exception {
        assertThatThrownBy(() -> accepts(AuthorizedKeys.file("alice", folder), "alice", ALICE))
                .isInstanceOf(IOException.class);
        Path file = folder.resolve("long");
        write(file, line(ALICE) + "\n" + "#".repeat(1 << 20));
        assertThatThrownBy(() -> accepts(AuthorizedKeys.file("alice", file), "alice", ALICE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void eachUserHasAFileInAFolder() throws Exception {
        write(folder.resolve("alice"), line(ALICE));
        Authenticator keys = AuthorizedKeys.folder(folder, "%u");
        assertThat(accepts(keys, "alice", ALICE)).isTrue();
        assertThat(accepts(keys, "bob", ALICE)).isFalse();
    }

    @Test
    void aNameThatIsNotJustThatOfAFileHasNoKeys() throws Exception {
        write(folder.resolve("alice"), line(ALICE));
        write(temporary.resolve("outside"), line(ALICE));
        Authenticator keys = AuthorizedKeys.folder(folder, "%u");
        for (String user : new String[] {
            "",
            ".",
            "..",
            "../keys/alice",
            "../outside",
            "./alice",
            "alice/",
            "/alice",
            "x/../alice",
            "..\\outside",
            "alice\0",
            "alice\n",
            "alice ",
            "alice.",
            "alice::$DATA",
            "a".repeat(5_000)
        }) {
            assertThat(accepts(keys, user, ALICE)).as(user).isFalse();
        }
        assertThatThrownBy(() -> AuthorizedKeys.folder(folder, "../%u")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuthorizedKeys.folder(folder, "keys")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuthorizedKeys.folder(folder, "%h/%u")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysMayComeFromAnywhere() throws Exception {
        Authenticator keys = AuthorizedKeys.lookup(
                user -> user.equals("alice") ? Optional.of("nonsense\n" + line(ALICE)) : Optional.empty());
        assertThat(accepts(keys, "alice", ALICE)).isTrue();
        assertThat(accepts(keys, "bob", ALICE)).isFalse();
        Authenticator broken = AuthorizedKeys.lookup(user -> {
            throw new IOException("directory is down");
        });
        assertThatThrownBy(() -> accepts(broken, "alice", ALICE)).isInstanceOf(IOException.class);
    }
}
