package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.QuietLogging;
import io.portolan.sftp.client.SftpException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the client's commands have in common: a server, its options, an end that scripts can tell from others, and a way out by Ctrl-C. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class ClientCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    @Option(names = "--json", description = "Print a JSON object in each line.")
    boolean json;

    ClientCommand() {}

    /**
     * What the ends of these commands mean to scripts.
     *
     * @return a line for each exit code
     */
    public static List<String> exitCodes() {
        return ExitCode.table();
    }

    /** Does it. What it throws has ended it; what it could do nevertheless is told by its result. */
    abstract ExitCode run() throws IOException;

    @Override
    public final Integer call() {
        QuietLogging.beSilent();
        Interruption interruption = Interruption.ofThisThread();
        try {
            return run().number();
        } catch (IOException e) {
            Trouble trouble = e instanceof SftpException ? SftpTrouble.of(e) : FtpTrouble.of(e);
            complain(trouble.words());
            return trouble.code().number();
        } finally {
            // of no use to who called: the command has ended by it
            Thread.interrupted();
            interruption.close();
            spec.commandLine().getOut().flush();
        }
    }

    /** Connects to nothing yet; asks for a password if there is a need. */
    Remote open(RemoteUrl.Server server) throws IOException {
        return connect.open(server, false);
    }

    /** The places that are meant, which are on one server. */
    final List<RemoteUrl> places(List<String> urls) {
        List<RemoteUrl> places = urls.stream().map(this::place).toList();
        if (places.stream().map(RemoteUrl::server).distinct().count() > 1) {
            throw wrong("URL: of one server and user at a time");
        }
        return places;
    }

    RemoteUrl place(String url) {
        try {
            return RemoteUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw wrong("URL: " + e.getMessage());
        }
    }

    ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    /** One line to the error output. */
    void complain(String words) {
        PrintWriter err = spec.commandLine().getErr();
        String line = words.replaceAll("\\s*\\R\\s*", " ");
        err.println(spec.qualifiedName() + ": " + TerminalText.harmless(line));
        err.flush();
    }

    /** What the paths of a server are called in messages. */
    static String shown(@Nullable String path) {
        return path == null || path.isEmpty() ? "." : path;
    }
}
