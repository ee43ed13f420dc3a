package io.portolan.examples.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The client's commands, whose command line is settled and which this version does not have: they say so. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class ClientCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--identity", paramLabel = "FILE", description = "Private key to log in with, SFTP.")
    @Nullable
    Path identity;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    @Nullable
    Path passwordFile;

    @Option(names = "--insecure", description = "Trust any certificate and host key.")
    boolean insecure;

    @Option(names = "--parallel", paramLabel = "N", description = "How many transfers at a time.")
    int parallel = 1;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), ServeOptions.UNAVAILABLE);
    }

    @Command(name = "ls", description = "Lists a folder (" + ServeOptions.UNAVAILABLE + ").")
    static final class Ls extends ClientCommand {
        @Parameters(paramLabel = "URL")
        String url = "";
    }

    @Command(name = "get", description = "Downloads a file (" + ServeOptions.UNAVAILABLE + ").")
    static final class Get extends ClientCommand {
        @Parameters(index = "0", paramLabel = "URL")
        String url = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "LOCAL")
        @Nullable
        Path local;
    }

    @Command(name = "put", description = "Uploads a file (" + ServeOptions.UNAVAILABLE + ").")
    static final class Put extends ClientCommand {
        @Parameters(index = "0", paramLabel = "LOCAL")
        @Nullable
        Path local;

        @Parameters(index = "1", paramLabel = "URL")
        String url = "";
    }

    @Command(name = "mirror", description = "Copies a tree, either way (" + ServeOptions.UNAVAILABLE + ").")
    static final class Mirror extends ClientCommand {
        @Parameters(index = "0", paramLabel = "SOURCE")
        String source = "";

        @Parameters(index = "1", paramLabel = "TARGET")
        String target = "";
    }

    @Command(name = "rm", description = "Deletes a file (" + ServeOptions.UNAVAILABLE + ").")
    static final class Rm extends ClientCommand {
        @Parameters(paramLabel = "URL")
        String url = "";
    }
}
