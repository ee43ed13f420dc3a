package io.portolan.examples.standalone;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftps.TlsKeys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the ports, and binds none. */
@Command(
        name = "ports",
        description = "Prints the ports that these options need, for the firewall, and what may bite.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Ports implements Callable<Integer> {

    @Mixin
    private final ServeOptions options = new ServeOptions();

    @Override
    public Integer call() {
        if (options.verbose) {
            QuietLogging.beVerbose();
        }
        options.requireAvailable();
        Endpoint endpoint = new Endpoint(options);
        var settings = endpoint.ftp()
                // Which certificate it will be makes no difference to the ports.
                .securityMechanism(endpoint.tls(TlsKeys.selfSigned()))
                .files(InMemoryFileSystem.create())
                .build();
        options.command.commandLine().getOut().print(settings.portPlan());
        options.command.commandLine().getOut().flush();
        return 0;
    }
}
