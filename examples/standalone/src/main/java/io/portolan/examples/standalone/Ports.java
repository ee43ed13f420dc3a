package io.portolan.examples.standalone;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftps.TlsKeys;
import io.portolan.ports.HostFacts;
import io.portolan.ports.PortPlan;
import io.portolan.ports.PortPlanner;
import io.portolan.ports.PortWarning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        options.check();
        Endpoint endpoint = new Endpoint(options);
        List<PortPlan> plans = new ArrayList<>();
        if (options.isFtpServed()) {
            plans.add(endpoint.ftp()
                    // Which certificate it will be makes no difference to the ports.
                    .securityMechanism(endpoint.tls(TlsKeys.selfSigned()))
                    .files(InMemoryFileSystem.create())
                    .build()
                    .portPlan());
        }
        if (!options.sftp.isOff()) {
            plans.add(endpoint.sftp()
                    .hostKeyFile(Path.of("not needed"))
                    .files(InMemoryFileSystem.create())
                    .build()
                    .portPlan());
        }
        options.command.commandLine().getOut().print(together(plans));
        options.command.commandLine().getOut().flush();
        return 0;
    }

    /** One plan for all servers, which tells where they are in each other's way. */
    private static PortPlan together(List<PortPlan> plans) {
        PortPlanner planner = new PortPlanner(HostFacts.ofThisHost());
        plans.stream().flatMap(plan -> plan.needs().stream()).forEach(planner::need);
        PortPlan all = planner.plan();
        Set<PortWarning> warnings = new LinkedHashSet<>(all.warnings());
        plans.forEach(plan -> warnings.addAll(plan.warnings()));
        return new PortPlan(all.needs(), List.copyOf(warnings));
    }
}
