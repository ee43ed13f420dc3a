package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** vsftpd. Its clients are anonymous: they are allowed the same as others, and neither a system user nor a file for PAM is needed. */
public final class VsftpdPeer extends NativePeer {

    /** It insists on a user whose home is there, on its way to the folder that is served. */
    private static final String ANONYMOUS = "daemon";

    public VsftpdPeer(@Nullable Path unpacked) {
        super("vsftpd", unpacked);
    }

    @Override
    String user() {
        return "anonymous";
    }

    @Override
    List<String> command(Path root, Path scratch, int port, Certificate certificate) throws IOException {
        Path settings = Files.writeString(scratch.resolve("vsftpd.conf"), """
                listen=YES
                listen_address=127.0.0.1
                listen_port=%d
                background=NO
                anonymous_enable=YES
                local_enable=NO
                ftp_username=%s
                nopriv_user=%s
                anon_root=%s
                anon_umask=022
                anon_world_readable_only=NO
                anon_upload_enable=YES
                anon_mkdir_write_enable=YES
                anon_other_write_enable=YES
                write_enable=YES
                allow_writeable_chroot=YES
                secure_chroot_dir=%s
                seccomp_sandbox=NO
                xferlog_enable=NO
                max_clients=0
                max_per_ip=0
                idle_session_timeout=3600
                ssl_enable=YES
                allow_anon_ssl=YES
                force_anon_logins_ssl=NO
                force_anon_data_ssl=NO
                rsa_cert_file=%s
                rsa_private_key_file=%s
                ssl_ciphers=HIGH
                require_ssl_reuse=NO
                """.formatted(
                        port, ANONYMOUS, RUN_AS, root, emptyFolder(scratch), certificate.chain(), certificate.key()));
        return List.of(binary("sbin", "vsftpd").toString(), settings.toString());
    }
}
