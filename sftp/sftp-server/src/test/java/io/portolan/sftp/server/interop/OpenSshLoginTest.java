package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.AuthorizedKeys;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.RevokedKeys;
import io.portolan.sftp.auth.TrustedUserCas;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in, with OpenSSH's sftp, and with keys, certificates and lists that its ssh-keygen makes. */
class OpenSshLoginTest extends SftpPeerTest {

    private static final String REFUSED = "Permission denied";

    private Peer.Outcome sftp(String script, String... more) throws Exception {
        Path batch = Files.writeString(folder.resolve("batch"), script);
        List<String> options = new ArrayList<>(List.of(
                "-F",
                "none",
                "-oUserKnownHostsFile=" + knownHosts(),
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oNumberOfPasswordPrompts=1",
                "-oIdentitiesOnly=yes",
                "-oIdentityAgent=none",
                "-oBatchMode=no",
                "-oPort=" + port()));
        options.addAll(List.of(more));
        options.addAll(List.of("-b", batch.toString(), USER + "@127.0.0.1"));
        return find("sftp").with(askPass(PASSWORD)).run(options.toArray(String[]::new));
    }

    private void serveWith(Authenticator authenticator, LoginMethod... chain) throws IOException {
        serve(Storage.MEMORY, settings -> {
            settings.authenticator(authenticator);
            return chain.length == 0 ? settings : settings.loginChain(chain);
        });
        server.write("/note", "hello");
    }

    private static String publicPart(Path key) throws IOException {
        return Files.readString(Path.of(key + ".pub")).strip();
    }

    private static String identity(Path key) {
        return "-oIdentityFile=" + key;
    }

    /** A certificate of this key beside it, where OpenSSH finds it. */
    private void certify(Path authority, Path key, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-q", "-s", authority.toString(), "-I", "a key", "-z", "7", "-n", USER));
        arguments.addAll(List.of(more));
        arguments.add(key + ".pub");
        find("ssh-keygen").run(arguments.toArray(String[]::new)).succeeded();
    }

    @Test
    void authorizedKeysLetInAndKeepToTheirOptions() throws Exception {
        Path open = userKey("ed25519");
        Path readOnly = userKey("ecdsa");
        Path elsewhere = userKey("rsa");
        serveWith(AuthorizedKeys.of(
                USER,
                publicPart(open) + "\ncommand=\"internal-sftp -R\" " + publicPart(readOnly) + "\nfrom=\"192.0.2.0/24\" "
                        + publicPart(elsewhere)));
        localFile("file", 10);
        sftp("put file\nget note\n", identity(open)).succeeded();
        Peer.Outcome denied = sftp("get note\nput file other\n", identity(readOnly));
        assertThat(denied.exit()).isNotZero();
        assertThat(server.exists("/other")).isFalse();
        assertThat(localBytes("note")).asString().isEqualTo("hello");
        assertThat(sftp("get note\n", identity(elsewhere), "-oPreferredAuthentications=publickey")
                        .output())
                .contains(REFUSED);
    }

    @Test
    void aCommandThatIsForcedAndNotSftpLeavesNothingToDo() throws Exception {
        Path key = userKey("ed25519");
        serveWith(AuthorizedKeys.of(USER, "restrict,command=\"/usr/bin/backup\" " + publicPart(key)));
        assertThat(sftp("get note\n", identity(key)).exit()).isNotZero();
        assertThat(Files.exists(local.resolve("note"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void certificatesOfATrustedAuthorityLetIn(String type) throws Exception {
        Path authority = folder.resolve("ca");
        find("ssh-keygen")
                .run("-q", "-t", type, "-N", "", "-f", authority.toString())
                .succeeded();
        Path key = userKey(type);
        certify(authority, key, "-O", "source-address=127.0.0.0/8", "-V", "-1m:+1h");
        serveWith(TrustedUserCas.of(publicPart(authority)));
        sftp("get note\n", identity(key), "-oPreferredAuthentications=publickey")
                .succeeded();
        assertThat(localBytes("note")).asString().isEqualTo("hello");
    }

    @Test
    void certificatesThatHaveExpiredOrAreForOthersOrFromElsewhereDoNot() throws Exception {
        Path authority = folder.resolve("ca");
        find("ssh-keygen")
                .run("-q", "-t", "ed25519", "-N", "", "-f", authority.toString())
                .succeeded();
        Path key = userKey("ed25519");
        serveWith(TrustedUserCas.of(publicPart(authority)));
        for (List<String> options : List.of(
                List.of("-V", "20200101:20210101"),
                List.of("-n", "somebody," + "else"),
                List.of("-O", "source-address=192.0.2.1"),
                List.of("-O", "critical:unknown@example.org=1"),
                List.of("-h"))) {
            certify(authority, key, options.toArray(String[]::new));
            assertThat(sftp("get note\n", identity(key), "-oPreferredAuthentications=publickey")
                            .output())
                    .as("%s", options)
                    .contains(REFUSED);
        }
    }

    @Test
    void aCertificateOnARevocationListDoesNot() throws Exception {
        Path authority = folder.resolve("ca");
        find("ssh-keygen")
                .run("-q", "-t", "ed25519", "-N", "", "-f", authority.toString())
                .succeeded();
        Path key = userKey("ed25519");
        certify(authority, key);
        Path serials = Files.writeString(folder.resolve("serials"), "serial: 5-9\n");
        Path list = folder.resolve("revoked");
        find("ssh-keygen")
                .run("-q", "-k", "-f", list.toString(), "-s", authority + ".pub", serials.toString())
                .succeeded();
        serveWith(RevokedKeys.of(Files.readAllBytes(list)).refusedBy(TrustedUserCas.of(publicPart(authority))));
        assertThat(sftp("get note\n", identity(key), "-oPreferredAuthentications=publickey")
                        .output())
                .contains(REFUSED);
        certify(authority, key, "-z", "10");
        sftp("get note\n", identity(key), "-oPreferredAuthentications=publickey")
                .succeeded();
    }

    @Test
    void aKeyAndThenAPasswordAreTwoSteps() throws Exception {
        Path key = userKey("ed25519");
        serveWith(
                Authenticators.firstOf(
                        AuthorizedKeys.of(USER, "command=\"internal-sftp -R\" " + publicPart(key)),
                        Authenticators.user(USER, PASSWORD)),
                LoginMethod.PUBLIC_KEY,
                LoginMethod.PASSWORD);
        localFile("file", 10);
        assertThat(sftp("get note\n", "-oPreferredAuthentications=password,publickey")
                        .output())
                .contains(REFUSED);
        sftp("get note\n", identity(key)).succeeded();
        // what the key may not do, the password behind it may not either
        assertThat(sftp("put file\n", identity(key)).exit()).isNotZero();
        assertThat(server.exists("/file")).isFalse();
    }

    @Test
    void questionsAreAskedAndAnswered() throws Exception {
        serveWith(request -> {
            if (!(request.credentials() instanceof Credentials.KeyboardInteractive said)) {
                return AuthenticationResult.rejected("only questions");
            }
            if (said.answers().isEmpty()) {
                return new AuthenticationResult.Continue(
                        List.of(new Prompt("First: ", false), new Prompt("Second: ", true)));
            }
            return said.answers().stream().map(String::new).allMatch(PASSWORD::equals)
                    ? AuthenticationResult.accepted(Identity.of(request.user()))
                    : AuthenticationResult.rejected("wrong");
        });
        sftp("get note\n", "-oPreferredAuthentications=keyboard-interactive").succeeded();
    }

    @Test
    void aPasswordIsTakenAsTheAnswerToAQuestion() throws Exception {
        serveWith(Authenticators.user(USER, PASSWORD));
        sftp("get note\n", "-oPreferredAuthentications=keyboard-interactive").succeeded();
    }
}
