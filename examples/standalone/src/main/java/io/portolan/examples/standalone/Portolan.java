package io.portolan.examples.standalone;

import io.portolan.examples.standalone.client.ClientCommand;
import io.portolan.examples.standalone.client.Doctor;
import io.portolan.examples.standalone.client.Get;
import io.portolan.examples.standalone.client.Ls;
import io.portolan.examples.standalone.client.MirrorTrees;
import io.portolan.examples.standalone.client.Put;
import io.portolan.examples.standalone.client.Rm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Exit codes: 0, 1 for what failed, 2 for a wrong command line; the client's commands have more, see {@link ClientCommand#exitCodes}. */
@Command(
        name = "portolan",
        description = "Serves a folder for file-transfer clients, and is one.",
        mixinStandardHelpOptions = true,
        versionProvider = Portolan.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Serve.class,
            Ports.class,
            Hash.class,
            Ls.class,
            Get.class,
            Put.class,
            MirrorTrees.class,
            Rm.class,
            Doctor.class
        },
        footer = {"", "Try: portolan serve ~/files"})
public final class Portolan implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /**
     * Runs the command line, and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Portolan());
        List<String> footer = new ArrayList<>(List.of("", "Exit codes:"));
        footer.addAll(ClientCommand.exitCodes());
        footer.addAll(List.of(line.getCommandSpec().usageMessage().footer()));
        line.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, args) -> complain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> complain(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; portolan --help lists them");
    }

    private static int complain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        print(command.getErr(), command, describe(wrong));
        return CommandLine.ExitCode.USAGE;
    }

    private static String describe(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && unmatched.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption()) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'; portolan --help lists them";
        }
        return String.valueOf(wrong.getMessage());
    }

    private static int complain(Exception failure, CommandLine command) {
        print(command.getErr(), command, Failures.describe(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** One line, whatever the message holds. */
    private static void print(PrintWriter err, CommandLine command, String message) {
        err.println(command.getCommandSpec().qualifiedName() + ": " + message.replaceAll("\\s*\\R\\s*", " "));
    }

    /** The version that the jar's manifest says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Portolan.class.getPackage().getImplementationVersion();
            return new String[] {"portolan " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
