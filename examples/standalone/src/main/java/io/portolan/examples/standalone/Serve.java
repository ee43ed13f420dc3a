package io.portolan.examples.standalone;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftps.ServerTls;
import io.portolan.guard.LoginGuard;
import io.portolan.session.ServerHandle;
import io.portolan.sftp.server.SftpServerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves a folder until the process is told to stop. */
@Command(
        name = "serve",
        description = "Serves a folder: on this machine only and read-only, unless told otherwise.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Serve implements Callable<Integer> {

    @Mixin
    private final ServeOptions options = new ServeOptions();

    @Override
    public Integer call() throws Exception {
        if (options.verbose) {
            QuietLogging.beVerbose();
        }
        options.check();
        Endpoint endpoint = new Endpoint(options);
        FtpServerConfig.Builder ftp = endpoint.ftp();
        SftpServerConfig.Builder sftp = endpoint.sftp();
        Accounts accounts = Accounts.of(options);
        LoginGuard guard = LoginGuard.standard();
        VirtualFileSystem files = ServedFiles.open(options);
        Optional<AccessLog> log = openLog();
        log.ifPresent(ftp::listener);
        log.ifPresent(sftp::listener);
        ftp.files(files).authenticator(accounts.authenticator()).loginGuard(guard);
        sftp.files(files).authenticator(accounts.authenticator()).loginGuard(guard);
        Banner banner = new Banner(options, accounts, endpoint.isPlainAllowed());
        List<ServerHandle> running = new ArrayList<>();
        Optional<CertificateWatch> watch = Optional.empty();
        try {
            if (options.isFtpServed()) {
                ShownCertificate certificate = ShownCertificate.of(options);
                ServerTls tls = endpoint.tls(certificate.keys());
                running.add(banner.ftp(ftp.securityMechanism(tls).start(), certificate));
                watch = CertificateWatch.start(options, certificate.keys(), tls::reload);
            }
            if (!options.sftp.isOff()) {
                ShownHostKey key = ShownHostKey.of(options);
                key.settings().accept(sftp);
                running.add(banner.sftp(sftp.start(), key));
            }
        } catch (RuntimeException e) {
            watch.ifPresent(CertificateWatch::close);
            running.forEach(ServerHandle::close);
            throw e;
        }
        Stop stop = Stop.onSignal(running, options.command.commandLine().getErr(), watch, log);
        banner.print(options.command.commandLine().getOut());
        stop.await();
        return 0;
    }

    private Optional<AccessLog> openLog() {
        if (options.accessLog == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AccessLog.open(options.accessLog));
        } catch (IOException e) {
            throw options.wrong("--access-log: " + Failures.describe(e));
        }
    }
}
