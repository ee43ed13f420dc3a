package io.portolan.examples.standalone;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftps.ServerTls;
import java.io.IOException;
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
        options.requireAvailable();
        Endpoint endpoint = new Endpoint(options);
        FtpServerConfig.Builder settings = endpoint.ftp();
        Accounts accounts = Accounts.of(options);
        VirtualFileSystem files = ServedFiles.open(options);
        Optional<AccessLog> log = openLog();
        log.ifPresent(settings::listener);
        // Last, as it may leave a file behind.
        ShownCertificate certificate = ShownCertificate.of(options);
        ServerTls tls = endpoint.tls(certificate.keys());
        FtpServer server = settings.files(files)
                .authenticator(accounts.authenticator())
                .securityMechanism(tls)
                .start();
        Optional<CertificateWatch> watch = CertificateWatch.start(options, certificate.keys(), tls::reload);
        Stop stop = Stop.onSignal(server, options.command.commandLine().getErr(), watch, log);
        new Banner(options, accounts, endpoint.isPlainAllowed(), certificate)
                .print(server, options.command.commandLine().getOut());
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
