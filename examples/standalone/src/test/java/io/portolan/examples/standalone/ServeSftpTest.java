package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SFTP from the command line, with OpenSSH's client. */
class ServeSftpTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path local;
    private Path errors;

    @BeforeEach
    void fill() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        local = Files.createDirectory(temporary.resolve("local"));
        errors = Files.createDirectory(temporary.resolve("elsewhere")).resolve("errors");
        Files.writeString(folder.resolve("hello.txt"), "hello");
    }

    /** The words of the line to paste, with what a user would type: yes to the fingerprint, and the password. */
    private Peer.Outcome paste(PortolanProcess portolan, String script, String... options) throws Exception {
        Path batch = Files.writeString(temporary.resolve("batch"), script);
        Path askPass =
                Files.writeString(temporary.resolve("askpass"), "#!/bin/sh\necho '" + portolan.password() + "'\n");
        Files.setPosixFilePermissions(askPass, PosixFilePermissions.fromString("rwx------"));
        List<String> words =
                new ArrayList<>(List.of(portolan.lineToPaste("sftp -P").split(" ", -1)));
        words.remove("sftp");
        String target = words.remove(words.size() - 1);
        words.addAll(List.of(
                "-F",
                "none",
                "-oStrictHostKeyChecking=accept-new",
                "-oUserKnownHostsFile=" + temporary.resolve("known_hosts"),
                "-oGlobalKnownHostsFile=/dev/null",
                "-oBatchMode=no",
                "-oIdentityAgent=none",
                "-b",
                batch.toString()));
        words.addAll(List.of(options));
        words.add(target);
        return Peer.find("sftp", local)
                .with(Map.of("SSH_ASKPASS", askPass.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none"))
                .run(words.toArray(String[]::new));
    }

    @Test
    void theLineForSftpConnectsWhenPasted() throws Exception {
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            paste(portolan, "get hello.txt\n").succeeded();

            assertThat(local.resolve("hello.txt")).hasContent("hello");
            assertThat(paste(portolan, "put hello.txt up.txt\n").failed().output())
                    .contains("Permission denied");
        }
    }

    @Test
    void theHostKeyIsKnownAgainAfterAnotherStart() throws Exception {
        String shown;
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            shown = portolan.hostKey();
            paste(portolan, "ls\n").succeeded();
        }
        Peer.Outcome known = Peer.find("ssh-keygen", local)
                .run("-l", "-f", temporary.resolve("known_hosts").toString())
                .succeeded();

        assertThat(known.output()).contains(shown);
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            assertThat(portolan.hostKey()).isEqualTo(shown);
        }
    }

    @Test
    void itMayBeAllThereIs() throws Exception {
        try (PortolanProcess portolan =
                PortolanProcess.serve(errors, folder.toString(), "--ftp", "off", "--ftps", "off", "--write")) {
            assertThat(portolan.screen()).noneMatch(line -> line.startsWith("ftp") || line.startsWith("certificate"));
            Files.writeString(local.resolve("up.txt"), "up");
            paste(portolan, "put up.txt\n").succeeded();

            assertThat(folder.resolve("up.txt")).hasContent("up");
            portolan.terminate();
            // 128 and the signal's number
            assertThat(portolan.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void aKeyOfTheFileLetsTheUserIn() throws Exception {
        Path key = temporary.resolve("id");
        Peer.find("ssh-keygen", local)
                .run("-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .succeeded();
        try (PortolanProcess portolan =
                PortolanProcess.serve(errors, folder.toString(), "--authorized-keys", key + ".pub")) {
            paste(portolan, "get hello.txt\n", "-oIdentityFile=" + key, "-oPreferredAuthentications=publickey")
                    .succeeded();

            assertThat(local.resolve("hello.txt")).hasContent("hello");
        }
    }

    @Test
    void aCertificateOfTheHostKeyIsEnoughForThoseWhoTrustItsCa() throws Exception {
        Peer keygen = Peer.find("ssh-keygen", local);
        Path ca = temporary.resolve("ca");
        Path hostKey = temporary.resolve("host");
        for (Path file : List.of(ca, hostKey)) {
            keygen.run("-q", "-t", "ed25519", "-N", "", "-f", file.toString()).succeeded();
        }
        keygen.run("-q", "-s", ca.toString(), "-h", "-I", "host", "-n", "127.0.0.1", hostKey + ".pub")
                .succeeded();
        Path known = temporary.resolve("known_hosts");
        String trusted = "@cert-authority * " + Files.readString(Path.of(ca + ".pub"));
        Files.writeString(known, trusted);
        try (PortolanProcess portolan = PortolanProcess.serve(
                errors,
                folder.toString(),
                "--host-key",
                hostKey.toString(),
                "--host-certificate",
                hostKey + "-cert.pub")) {
            paste(portolan, "get hello.txt\n", "-oUpdateHostKeys=no").succeeded();

            assertThat(local.resolve("hello.txt")).hasContent("hello");
            assertThat(known).as("nobody had to be asked").hasContent(trusted);
        }
    }
}
