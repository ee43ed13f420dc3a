package io.portolan.examples.standalone;

import io.portolan.fs.InMemoryFileSystem;
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
        var settings =
                new Endpoint(options).ftp().files(InMemoryFileSystem.create()).build();
        options.command.commandLine().getOut().print(settings.portPlan());
        options.command.commandLine().getOut().flush();
        return 0;
    }
}
