package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** OpenSSH as the system has it, with an sftp-server for each session; who runs the benchmark is who logs in. */
public final class SshdPeer implements Peer {

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    /** The empty folder that its unprivileged half is locked into, which a system's start script makes anew after each boot. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    /** Where distributions have it. */
    private static final List<Path> SFTP_SERVERS = List.of(
            Path.of("/usr/lib/openssh/sftp-server"),
            Path.of("/usr/libexec/openssh/sftp-server"),
            Path.of("/usr/libexec/sftp-server"),
            Path.of("/usr/lib/ssh/sftp-server"));

    @Override
    public String name() {
        return "openssh";
    }

    @Override
    public Kind kind() {
        return Kind.NATIVE;
    }

    @Override
    public Protocol protocol() {
        return Protocol.SFTP;
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(PROGRAM) && sftpServer().isPresent()
                ? Optional.empty()
                : Optional.of("sshd or its sftp-server is not installed");
    }

    private static Optional<Path> sftpServer() {
        return SFTP_SERVERS.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public RunningPeer start(Path root, Path scratch, Keys keys) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        String user = System.getProperty("user.name");
        if ("root".equals(user)) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        int port = RunningPeer.freePort();
        Path settings = scratch.resolve("sshd_config");
        Files.writeString(settings, settings(port, root, scratch, keys.ssh()));
        // it wants its full path, for it starts itself anew for each connection
        Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", settings.toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile())
                .start();
        return RunningPeer.of(this, process, port, user, "").withKey(keys.ssh().user());
    }

    private static String settings(int port, Path root, Path home, SshKeys keys) {
        return Stream.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + keys.host(),
                        "AuthorizedKeysFile " + keys.authorizedKeys(),
                        "PermitRootLogin yes",
                        "PidFile none",
                        "UsePAM no",
                        "UseDNS no",
                        // the keys lie in a folder that others may write to
                        "StrictModes no",
                        "MaxStartups 1000",
                        // the user's shell starts sftp-server: what its settings do is not what is measured
                        "SetEnv HOME=" + home,
                        "LogLevel ERROR",
                        "Subsystem sftp " + sftpServer().orElseThrow() + " -d " + root)
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }
}
