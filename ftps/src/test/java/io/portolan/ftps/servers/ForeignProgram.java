package io.portolan.ftps.servers;

import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The servers of others. Those that are not Python's or Java's must be started by root, as they change their user and their root directory. */
public enum ForeignProgram {

    /** Its users are anonymous: they are allowed the same as others, and neither a system user nor a file for PAM is needed. */
    VSFTPD("usr/sbin/vsftpd", true) {
        @Override
        String user() {
            return "anonymous";
        }

        @Override
        List<String> command(ServerSetup setup) throws IOException {
            Path empty = Files.createDirectory(setup.scratch().resolve("empty"));
            Path settings = Files.writeString(
                    setup.scratch().resolve("vsftpd.conf"),
                    """
                    listen=%s
                    listen_ipv6=%s
                    %s=%s
                    listen_port=%d
                    background=NO
                    anonymous_enable=YES
                    local_enable=NO
                    ftp_username=daemon
                    nopriv_user=nobody
                    anon_root=%s
                    anon_umask=000
                    anon_world_readable_only=NO
                    anon_upload_enable=YES
                    anon_mkdir_write_enable=YES
                    anon_other_write_enable=YES
                    write_enable=YES
                    port_promiscuous=NO
                    connect_from_port_20=NO
                    allow_writeable_chroot=YES
                    secure_chroot_dir=%s
                    seccomp_sandbox=NO
                    xferlog_enable=NO
                    """.formatted(
                                            setup.isIpv6() ? "NO" : "YES",
                                            setup.isIpv6() ? "YES" : "NO",
                                            setup.isIpv6() ? "listen_address6" : "listen_address",
                                            setup.address(),
                                            setup.port(),
                                            setup.root(),
                                            empty)
                            + tls(setup));
            return List.of(setup.installed().path("usr/sbin/vsftpd").toString(), settings.toString());
        }

        private String tls(ServerSetup setup) {
            PemFiles keys = setup.keys();
            return keys == null ? "" : """
                    ssl_enable=YES
                    allow_anon_ssl=YES
                    force_anon_logins_ssl=YES
                    force_anon_data_ssl=YES
                    strict_ssl_read_eof=YES
                    ssl_ciphers=HIGH
                    rsa_cert_file=%s
                    rsa_private_key_file=%s
                    require_ssl_reuse=%s
                    """.formatted(keys.chain(), keys.key(), setup.reuse() ? "YES" : "NO");
        }
    },

    PROFTPD("usr/sbin/proftpd", true) {
        @Override
        List<String> command(ServerSetup setup) throws IOException {
            Path accounts = setup.scratch().resolve("passwd");
            Files.writeString(
                    accounts, "%s:%s:%d:%d::%s:/bin/false%n".formatted(USER, HASH, NOBODY, NOBODY, setup.root()));
            Files.setPosixFilePermissions(accounts, PosixFilePermissions.fromString("rw-------"));
            Path settings = Files.writeString(
                    setup.scratch().resolve("proftpd.conf"),
                    """
                    ServerName test
                    ServerType standalone
                    DefaultServer on
                    UseIPv6 %s
                    DefaultAddress %s
                    SocketBindTight on
                    Port %d
                    User nobody
                    Group nogroup
                    PidFile %s/pid
                    ScoreboardFile %4$s/scoreboard
                    SystemLog %4$s/log
                    TransferLog none
                    WtmpLog off
                    UseReverseDNS off
                    DelayEngine off
                    ModulePath %4$s
                    ControlsEngine off
                    RequireValidShell off
                    AuthPAM off
                    AuthOrder mod_auth_file.c
                    AuthUserFile %s
                    DefaultRoot ~
                    AllowOverwrite on
                    AllowStoreRestart on
                    Umask 000
                    """.formatted(
                                            setup.isIpv6() ? "on" : "off",
                                            setup.address(),
                                            setup.port(),
                                            setup.scratch(),
                                            accounts)
                            + tls(setup));
            return List.of(
                    setup.installed().path("usr/sbin/proftpd").toString(), "-n", "-q", "-c", settings.toString());
        }

        private String tls(ServerSetup setup) throws IOException {
            PemFiles keys = setup.keys();
            if (keys == null) {
                return "";
            }
            Files.copy(
                    setup.installed().path("usr/lib/proftpd/mod_tls.so"),
                    setup.scratch().resolve("mod_tls.so"),
                    StandardCopyOption.REPLACE_EXISTING);
            return """
                    LoadModule mod_tls.c
                    TLSEngine on
                    TLSLog %s/tls-log
                    TLSRequired on
                    TLSProtocol %s
                    TLSVerifyServer off
                    TLSECCertificateFile %s
                    TLSECCertificateKeyFile %s
                    """.formatted(
                                    setup.scratch(),
                                    // with TLS 1.3 it closes upon tickets that it has not read when it is the client of
                                    // another server, which is a reset
                                    setup.reuse() ? "TLSv1.2 TLSv1.3" : "TLSv1.2",
                                    keys.chain(),
                                    keys.key())
                    + (setup.reuse() ? "" : "TLSOptions NoSessionReuseRequired\n");
        }
    },

    /** It cannot demand that sessions are resumed. */
    PURE_FTPD("usr/sbin/pure-ftpd", true) {
        @Override
        List<String> command(ServerSetup setup) throws Exception {
            Path accounts = setup.scratch().resolve("accounts");
            Path database = setup.scratch().resolve("accounts.pdb");
            Files.writeString(
                    accounts, "%s:%s:%d:%d::%s/./::::::::::::%n".formatted(USER, HASH, NOBODY, NOBODY, setup.root()));
            ProcessBuilder making = new ProcessBuilder(
                            setup.installed().path("usr/bin/pure-pw").toString(),
                            "mkdb",
                            database.toString(),
                            "-f",
                            accounts.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(setup.scratch().resolve("log").toFile());
            setup.installed().prepare(making);
            Process made = making.start();
            if (!made.waitFor(MAKING_SECONDS, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IOException("pure-pw has failed");
            }
            List<String> command = new ArrayList<>(List.of(
                    setup.installed().path("usr/sbin/pure-ftpd").toString(),
                    "--bind",
                    setup.address() + "," + setup.port(),
                    "--login",
                    "puredb:" + database,
                    "--pidfile",
                    setup.scratch().resolve("pid").toString(),
                    "--chrooteveryone",
                    "--noanonymous",
                    "--dontresolve"));
            command.add(setup.isIpv6() ? "--ipv6only" : "--ipv4only");
            PemFiles keys = setup.keys();
            if (keys != null) {
                command.addAll(List.of("--tls", "3", "--certfile", keys.both().toString()));
            }
            return command;
        }
    },

    /** It cannot demand that sessions are resumed. */
    PYFTPDLIB("usr/bin/python3", false) {
        @Override
        List<String> command(ServerSetup setup) throws Exception {
            String python = setup.installed().path("usr/bin/python3").toString();
            if (new ProcessBuilder(python, "-c", "import pyftpdlib, OpenSSL")
                            .start()
                            .waitFor()
                    != 0) {
                throw Peer.missing("python3-pyftpdlib");
            }
            PemFiles keys = setup.keys();
            Path script = Files.writeString(setup.scratch().resolve("server.py"), """
                    from pyftpdlib.authorizers import DummyAuthorizer
                    from pyftpdlib.handlers import %1$s as Handler
                    from pyftpdlib.servers import FTPServer
                    accounts = DummyAuthorizer()
                    accounts.add_user("%2$s", "%3$s", "%4$s", perm="elradfmwMT")
                    Handler.authorizer = accounts
                    %5$s
                    FTPServer(("%6$s", %7$d), Handler).serve_forever()
                    """.formatted(
                            keys == null ? "FTPHandler" : "TLS_FTPHandler",
                            USER,
                            PASSWORD,
                            setup.root(),
                            keys == null
                                    ? ""
                                    : "Handler.certfile = \"%s\"\nHandler.tls_control_required = True\nHandler.tls_data_required = True"
                                            .formatted(keys.both()),
                            setup.address(),
                            setup.port()));
            return List.of(python, script.toString());
        }
    },

    /** It cannot demand that sessions are resumed. */
    APACHE("", false) {
        @Override
        List<String> command(ServerSetup setup) {
            return java(ApacheServer.class, setup);
        }
    },

    /** Ours, for comparison. */
    OWN("", false) {
        @Override
        List<String> command(ServerSetup setup) {
            return java(OwnServer.class, setup);
        }
    };

    static final String USER = "bench";
    static final String PASSWORD = "bench";

    /** crypt(3) of the password. */
    private static final String HASH = "$1$bench$IDaFocGqo.f39hZ5dc3P7.";

    /** The user's number and its group's, on Debian. */
    private static final int NOBODY = 65534;

    private static final int MAKING_SECONDS = 30;

    private final Path file;
    private final boolean needsRoot;

    ForeignProgram(String file, boolean needsRoot) {
        this.file = Path.of(file);
        this.needsRoot = needsRoot;
    }

    /** What is run, once the scratch folder holds the settings. */
    abstract List<String> command(ServerSetup setup) throws Exception;

    /** Who logs in. */
    String user() {
        return USER;
    }

    private static List<String> java(Class<?> main, ServerSetup setup) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                setup.address(),
                Integer.toString(setup.port()),
                setup.root().toString(),
                USER,
                PASSWORD));
        PemFiles keys = setup.keys();
        if (keys != null) {
            command.addAll(List.of(keys.chain().toString(), keys.key().toString()));
        }
        return command;
    }

    /** Nothing for those that Java runs. */
    Optional<Path> file() {
        return file.toString().isEmpty() ? Optional.empty() : Optional.of(file);
    }

    boolean needsRoot() {
        return needsRoot;
    }
}
