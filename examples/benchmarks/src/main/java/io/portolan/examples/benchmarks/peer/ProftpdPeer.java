package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ProFTPD, with an account from a file of its own. */
public final class ProftpdPeer extends NativePeer {

    public ProftpdPeer(@Nullable Path unpacked) {
        super("proftpd", unpacked);
    }

    @Override
    List<String> command(Path root, Path scratch, int port, Certificate certificate) throws IOException {
        Path accounts = scratch.resolve("passwd");
        Files.writeString(accounts, "%s:%s:%d:%d::%s:/bin/false%n".formatted(USER, HASH, RUN_AS_ID, RUN_AS_ID, root));
        Files.setPosixFilePermissions(accounts, PosixFilePermissions.fromString("rw-------"));
        Path tls = binary("lib", "proftpd").resolve("mod_tls.so");
        boolean canTls = Files.isReadable(tls);
        if (canTls) {
            Files.copy(tls, scratch.resolve("mod_tls.so"), StandardCopyOption.REPLACE_EXISTING);
        }
        Path settings = Files.writeString(
                scratch.resolve("proftpd.conf"),
                """
                ServerName bench
                ServerType standalone
                DefaultServer on
                UseIPv6 off
                DefaultAddress 127.0.0.1
                SocketBindTight on
                Port %d
                User %s
                Group nogroup
                MaxInstances none
                MaxClients none
                TimeoutIdle 3600
                TimeoutNoTransfer 3600
                PidFile %s/pid
                ScoreboardFile %3$s/scoreboard
                SystemLog %3$s/log
                TransferLog none
                WtmpLog off
                UseReverseDNS off
                DelayEngine off
                ModulePath %3$s
                ControlsEngine off
                RequireValidShell off
                AuthPAM off
                AuthOrder mod_auth_file.c
                AuthUserFile %s
                DefaultRoot ~
                AllowOverwrite on
                Umask 022
                """.formatted(port, RUN_AS, scratch, accounts) + (canTls ? tls(certificate) : ""));
        return List.of(binary("sbin", "proftpd").toString(), "-n", "-q", "-c", settings.toString());
    }

    private static String tls(Certificate certificate) {
        return """
                LoadModule mod_tls.c
                TLSEngine on
                TLSLog none
                TLSProtocol TLSv1.2 TLSv1.3
                TLSRSACertificateFile %s
                TLSRSACertificateKeyFile %s
                """.formatted(certificate.chain(), certificate.key());
    }
}
