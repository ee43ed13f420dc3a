package io.portolan.sftp.server.interop;

import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.server.PublicHostKey;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.testing.PeerTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server for one client program. After each test nothing may be left of the client in the server. */
abstract class SftpPeerTest extends PeerTest {

    static final String USER = SftpFixture.USER;
    static final String PASSWORD = SftpFixture.PASSWORD;

    /** Large enough for many packets, for both windows, and for what the sockets hold to be a small part of it. */
    static final int BIG = 32 << 20;

    /** Names that clients quote, escape or take for options, each in its own way. */
    static final List<String> AWKWARD_NAMES = List.of("with space.txt", "Ünï-日本.txt", "quote'.txt", "100% & #1;.txt");

    /** Where the server keeps its files. */
    enum Storage {
        MEMORY,
        DISK
    }

    Path stored;

    @Nullable
    SftpFixture server;

    @BeforeEach
    final void makeStoredFolder() throws IOException {
        stored = Files.createDirectory(folder.resolve("stored"));
    }

    final SftpFixture serve(Storage storage) throws IOException {
        return serve(storage, settings -> settings);
    }

    final SftpFixture serve(Storage storage, UnaryOperator<SftpServerConfig.Builder> settings) throws IOException {
        VirtualFileSystem files = storage == Storage.MEMORY ? InMemoryFileSystem.create() : PathFileSystem.of(stored);
        SftpFixture started = SftpFixture.serving(files, settings);
        server = started;
        return started;
    }

    final String port() {
        return Integer.toString(server.port());
    }

    /** A file by which OpenSSH, and whatever reads its files, knows the server. */
    final Path knownHosts() throws IOException {
        String lines = server.server().hostKeys().stream()
                .map(PublicHostKey::openSsh)
                .map(key -> "[127.0.0.1]:" + port() + " " + key + "\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve("known_hosts"), lines);
    }

    /** A program that OpenSSH asks for the password. */
    final Map<String, String> askPass(String password) throws IOException {
        Path script = Files.writeString(folder.resolve("askpass"), "#!/bin/sh\necho '" + password + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return Map.of("SSH_ASKPASS", script.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none");
    }

    /** A new key of a user, as a file of OpenSSH's without a passphrase; beside it lies its public half. */
    final Path userKey(String type) throws Exception {
        Path file = folder.resolve("id_" + type);
        find("ssh-keygen")
                .run("-q", "-t", type, "-N", "", "-f", file.toString())
                .succeeded();
        return file;
    }

    /** Lets the user in by that key. */
    static Authenticator holderOf(Path key) {
        String line;
        try {
            line = Files.readString(Path.of(key + ".pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] blob = Base64.getDecoder().decode(line.split(" ", -1)[1]);
        return request -> request.credentials() instanceof Credentials.PublicKey shown
                        && java.util.Arrays.equals(shown.blob(), blob)
                ? AuthenticationResult.accepted(Identity.of(request.user()))
                : AuthenticationResult.rejected("another key");
    }

    @AfterEach
    final void nothingIsLeftOfTheClient() throws IOException {
        SftpFixture used = server;
        if (used == null) {
            return;
        }
        await("the sessions' end").until(() -> used.server().sessions().isEmpty());
        used.close();
        used.files().close();
    }
}
