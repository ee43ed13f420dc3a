package io.portolan.sftp.client.servers;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** ProFTPD's mod_sftp, from the system or from where the benchmarks' {@code peers.sh} has unpacked it. */
final class Proftpd {

    private static final String FOLDER = "FTP_SERVERS";
    private static final String PROGRAM = "usr/sbin/proftpd";
    private static final String MODULE = "usr/lib/proftpd/mod_sftp.so";
    private static final String USER = "bench";

    /** crypt(3) of the password. */
    static final String HASH =
            "$6$test$xV4OOAX1vURwESosRVpVvGJcv5B.MZlKAMjPYIzlBBCVgf7ZvpE36jhuYwrYsyy5TCTfhCoP93lJLgzy0sOeF1";

    /** The user's number and its group's, on Debian. */
    private static final int NOBODY = 65534;

    private Proftpd() {}

    static ForeignServer start() throws Exception {
        return start("");
    }

    /** With whatever it can do. */
    static ForeignServer compressing() throws Exception {
        return start("SFTPCompression delayed\n");
    }

    private static ForeignServer start(String more) throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can start ProFTPD");
        Path prefix = Stream.of(System.getenv().getOrDefault(FOLDER, "/"), "/")
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve(PROGRAM)) && Files.exists(folder.resolve(MODULE)))
                .findFirst()
                .orElseThrow(() -> Peer.missing("proftpd with mod_sftp"));
        ServerFiles files = ServerFiles.create();
        int port = FreePorts.inARow(1);
        Path accounts = files.write(
                "passwd", "%s:%s:%d:%d::%s:/bin/false%n".formatted(USER, HASH, NOBODY, NOBODY, files.root()));
        Files.copy(prefix.resolve(MODULE), files.scratch().resolve("mod_sftp.so"));
        // RFC 4716
        String userKey = Peer.find("ssh-keygen", files.scratch())
                .run("-e", "-f", files.userKey() + ".pub")
                .succeeded()
                .output();
        files.write("authorized_keys", userKey);
        String hostKeys = files.hostKeys().stream()
                .map(key -> "SFTPHostKey " + key + "\n")
                .collect(Collectors.joining());
        Path settings = files.write("proftpd.conf", """
                ServerName test
                ServerType standalone
                DefaultServer on
                UseIPv6 off
                DefaultAddress 127.0.0.1
                SocketBindTight on
                Port %d
                User nobody
                Group nogroup
                PidFile %s/pid
                ScoreboardFile %2$s/scoreboard
                SystemLog %2$s/log
                TransferLog none
                WtmpLog off
                UseReverseDNS off
                DelayEngine off
                ModulePath %2$s
                LoadModule mod_sftp.c
                ControlsEngine off
                RequireValidShell off
                AuthPAM off
                AuthOrder mod_auth_file.c
                AuthUserFile %s
                DefaultRoot ~
                AllowOverwrite on
                AllowStoreRestart on
                Umask 022
                SFTPEngine on
                SFTPLog %2$s/sftp-log
                SFTPAuthorizedUserKeys file:%2$s/authorized_keys
                SFTPAuthMethods publickey password
                """.formatted(port, files.scratch(), accounts) + hostKeys + more);
        ProcessBuilder builder =
                new ProcessBuilder(List.of(prefix.resolve(PROGRAM).toString(), "-n", "-q", "-c", settings.toString()));
        if (!prefix.equals(Path.of("/"))) {
            builder.environment().put("LD_LIBRARY_PATH", libraries(prefix));
        }
        return ServerProcess.start(files, port, USER, "", builder);
    }

    private static String libraries(Path prefix) throws IOException {
        try (Stream<Path> all = Files.walk(prefix)) {
            return all.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(file -> String.valueOf(file.getParent()))
                    .distinct()
                    .collect(Collectors.joining(":"));
        }
    }
}
