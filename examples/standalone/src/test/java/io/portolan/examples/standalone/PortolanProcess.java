package io.portolan.examples.standalone;

import io.portolan.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code portolan serve} as a process of its own, from its first screen to its end. */
final class PortolanProcess implements AutoCloseable {

    /** The JDK that warns of native libraries unless told not to, which the jar's manifest does. */
    private static final int NATIVE_ACCESS_WARNS = 24;

    private final Process process;
    private final Path errors;
    private final List<String> screen;

    private PortolanProcess(Process process, Path errors, List<String> screen) {
        this.process = process;
        this.errors = errors;
        this.screen = screen;
    }

    /** Starts a server on any free ports, with its state beside the file of errors, and waits for the end of its first screen. */
    static PortolanProcess serve(Path errors, String... options) throws IOException {
        Map<String, String> usual = Map.of(
                "--ftp",
                "0",
                "--ftps",
                "0",
                "--sftp",
                "0",
                "--state",
                errors.resolveSibling("state").toString());
        List<String> command = new ArrayList<>(List.of("serve"));
        usual.forEach((option, value) -> {
            if (!List.of(options).contains(option)) {
                command.addAll(List.of(option, value));
            }
        });
        command.addAll(List.of(options));
        Process process = start(command).redirectError(errors.toFile()).start();
        BufferedReader out = process.inputReader();
        List<String> screen = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            screen.add(line);
            if (line.startsWith("ready")) {
                return new PortolanProcess(process, errors, screen);
            }
        }
        throw new IOException("it did not get ready: " + screen + Files.readString(errors));
    }

    /** Not the jar, which is made after the tests have run. */
    static ProcessBuilder start(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= NATIVE_ACCESS_WARNS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Portolan.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    List<String> screen() {
        return screen;
    }

    int port() {
        return Integer.parseInt(find("^ftp +127\\.0\\.0\\.1:([0-9]+) "));
    }

    String password() {
        return find("password (\\S+)");
    }

    String fingerprint() {
        return find("^certificate +SHA-256 (\\S+)$");
    }

    String hostKey() {
        return find("^host key +(SHA256:\\S+) ");
    }

    /** The line that the first screen wants to be pasted. */
    String lineToPaste(String client) {
        return find("(" + client + " .*)$");
    }

    private String find(String pattern) {
        for (String line : screen) {
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError(pattern + " is not in " + screen);
    }

    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What a service manager sends; the shell's Ctrl-C is another signal with the same effect. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
