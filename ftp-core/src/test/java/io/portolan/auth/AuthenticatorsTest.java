package io.portolan.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.testing.FakeSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorsTest {

    /** The fewest iterations, as these tests are not about being slow. */
    private static final String ANNS_HASH =
            PasswordHash.of("secret".toCharArray(), PasswordHash.MIN_ITERATIONS).encoded();

    private static AuthenticationRequest request(String user, Credentials credentials) {
        return new AuthenticationRequest(user, credentials, new FakeSession("s1"));
    }

    private static AuthenticationResult login(Authenticator authenticator, String user, String password)
            throws Exception {
        return authenticator.authenticate(request(user, new Credentials.Password(password.toCharArray())));
    }

    private static AuthenticationResult accepted(String user) {
        return AuthenticationResult.accepted(Identity.of(user));
    }

    @Test
    void byDefaultNobodyIsLetIn() throws Exception {
        assertThat(login(Authenticators.denyAll(), "ann", "secret")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void aUserIsLetInWithTheRightPasswordOnly() throws Exception {
        Authenticator ann = Authenticators.user("ann", "gehe€im");
        assertThat(login(ann, "ann", "gehe€im")).isEqualTo(accepted("ann"));
        assertThat(login(ann, "ann", "geheeim")).isEqualTo(AuthenticationResult.rejected("wrong password"));
        assertThat(login(ann, "ann", "")).isInstanceOf(AuthenticationResult.Rejected.class);
        assertThat(login(ann, "bob", "gehe€im")).isEqualTo(AuthenticationResult.rejected("unknown user"));
    }

    @Test
    void thePasswordGivenMayBeClearedAfterwards() throws Exception {
        char[] password = "secret".toCharArray();
        Authenticator ann = Authenticators.user("ann", password);
        java.util.Arrays.fill(password, 'x');
        assertThat(login(ann, "ann", "secret")).isEqualTo(accepted("ann"));
    }

    @Test
    void severalUsersHaveTheirOwnPasswords() throws Exception {
        Authenticator users = Authenticators.users(Map.of("ann", "a", "bob", "b"));
        assertThat(login(users, "ann", "a")).isEqualTo(accepted("ann"));
        assertThat(login(users, "bob", "b")).isEqualTo(accepted("bob"));
        assertThat(login(users, "ann", "b")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void otherCredentialsThanPasswordsAreRejected() throws Exception {
        Authenticator users = Authenticators.users(Map.of("ann", "a"));
        assertThat(users.authenticate(request("ann", new Credentials.Anonymous("ann@"))))
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void anUnknownUserCostsAsMuchWorkAsAKnownOne() {
        AtomicInteger annsWork = new AtomicInteger();
        AtomicInteger nobodysWork = new AtomicInteger();
        PasswordAccounts accounts = new PasswordAccounts(
                Map.of("ann", password -> {
                    annsWork.incrementAndGet();
                    return true;
                }),
                password -> {
                    nobodysWork.incrementAndGet();
                    return true;
                });

        assertThat(accounts.authenticate(request("ann", new Credentials.Password(new char[] {'x'}))))
                .isEqualTo(accepted("ann"));
        assertThat(annsWork).hasValue(1);
        assertThat(nobodysWork).hasValue(0);

        assertThat(accounts.authenticate(request("eve", new Credentials.Password(new char[] {'x'}))))
                .isEqualTo(AuthenticationResult.rejected("unknown user"));
        assertThat(annsWork).hasValue(1);
        assertThat(nobodysWork).hasValue(1);
    }

    @Test
    void hashedPasswordsAreCompared() throws Exception {
        Authenticator hashed = Authenticators.hashed(Map.of("ann", ANNS_HASH));
        assertThat(login(hashed, "ann", "secret")).isEqualTo(accepted("ann"));
        assertThat(login(hashed, "ann", "Secret")).isInstanceOf(AuthenticationResult.Rejected.class);
        assertThat(login(hashed, "bob", "secret")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void whatIsNotAHashIsRefusedWithTheUsersName() {
        assertThatThrownBy(() -> Authenticators.hashed(Map.of("ann", "plain")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ann")
                .hasMessageNotContaining("plain");
    }

    @Test
    void anonymousUsersComeInOnlyWhereTheyMay() throws Exception {
        Credentials anonymous = new Credentials.Anonymous("me@example.org");
        assertThat(Authenticators.anonymous().authenticate(request("ftp", anonymous)))
                .isEqualTo(accepted("anonymous"));
        assertThat(login(Authenticators.anonymous(), "anonymous", "x"))
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void theFirstThatLetsTheUserInDecides() throws Exception {
        Authenticator both = Authenticators.firstOf(Authenticators.user("ann", "a"), Authenticators.user("bob", "b"));
        assertThat(login(both, "bob", "b")).isEqualTo(accepted("bob"));
        assertThat(login(both, "eve", "e")).isEqualTo(AuthenticationResult.rejected("unknown user; unknown user"));
        assertThat(login(Authenticators.firstOf(), "eve", "e")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void anAuthenticatorThatIsDownDoesNotKeepOutTheUsersOfOthers() throws Exception {
        Authenticator down = request -> {
            throw new IOException("no route to directory");
        };
        Authenticator both = Authenticators.firstOf(down, Authenticators.user("ann", "a"));
        assertThat(login(both, "ann", "a")).isEqualTo(accepted("ann"));
        assertThatThrownBy(() -> login(both, "bob", "b")).hasMessage("no route to directory");
    }

    @Test
    void aPasswordFileIsReadAgainWhenItHasChanged(@TempDir Path folder) throws Exception {
        Path file = write(folder, "# the crew\n\nann:" + ANNS_HASH + "\n", 1);
        Authenticator accounts = Authenticators.passwordFile(file);
        assertThat(login(accounts, "ann", "secret")).isEqualTo(accepted("ann"));

        write(folder, "bob:" + ANNS_HASH + "\n", 2);

        assertThat(login(accounts, "bob", "secret")).isEqualTo(accepted("bob"));
        assertThat(login(accounts, "ann", "secret")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void aWrongLineIsNamedAtTheStartAndLaterKeepsOnlyItsUserOut(@TempDir Path folder) throws Exception {
        Path file = write(folder, "ann:" + ANNS_HASH + "\nbob:nonsense\n", 1);
        assertThatThrownBy(() -> Authenticators.passwordFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");

        write(folder, "ann:" + ANNS_HASH + "\n", 2);
        Authenticator accounts = Authenticators.passwordFile(file);
        write(folder, "ann:" + ANNS_HASH + "\nbob:nonsense\nnothing\n", 3);
        assertThat(login(accounts, "ann", "secret")).isEqualTo(accepted("ann"));
        assertThat(login(accounts, "bob", "nonsense")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void aUserWhoStandsThereTwiceIsKeptOut(@TempDir Path folder) throws Exception {
        Path file = write(folder, "", 1);
        Authenticator accounts = Authenticators.passwordFile(file);
        String line = "ann:" + ANNS_HASH + "\n";
        write(folder, line + line + line, 2);

        assertThat(login(accounts, "ann", "secret")).isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void aPasswordFileThatIsGoneKeepsEverybodyOut(@TempDir Path folder) throws Exception {
        Path file = write(folder, "ann:" + ANNS_HASH + "\n", 1);
        Authenticator accounts = Authenticators.passwordFile(file);
        Files.delete(file);

        assertThatThrownBy(() -> login(accounts, "ann", "secret")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Authenticators.passwordFile(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPasswordFileThatOthersCanWriteIsRefused(@TempDir Path folder) throws Exception {
        Path file = write(folder, "ann:" + ANNS_HASH + "\n", 1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> Authenticators.passwordFile(file))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void aPasswordFileBeyondAllReasonIsRefused(@TempDir Path folder) throws Exception {
        Path file = write(folder, "#".repeat((int) PasswordFile.MAX_BYTES + 1), 1);
        assertThatThrownBy(() -> Authenticators.passwordFile(file)).isInstanceOf(UncheckedIOException.class);
    }

    /** Writes the file as its owner would, at a time of its own. */
    private static Path write(Path folder, String text, int second) throws IOException {
        Path file = folder.resolve("passwords");
        Files.writeString(file, text);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        return file;
    }
}
