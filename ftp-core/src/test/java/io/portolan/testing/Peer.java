package io.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A client program of this machine, started in a folder of its own, with nobody's settings, and never for longer than {@value #PATIENCE_SECONDS} s. */
public final class Peer {

    /** Far more than a transfer takes on a busy machine, so that only a hang comes to it. */
    static final int PATIENCE_SECONDS = 120;

    private final Path program;
    private final Path folder;
    private final Path home;
    private final Map<String, String> settings;

    private Peer(Path program, Path folder, Map<String, String> settings) throws IOException {
        this.program = program;
        this.folder = folder;
        this.home = Files.createDirectories(folder.resolveSibling("home"));
        this.settings = settings;
    }

    /**
     * Finds a program; where there is none the test is skipped, and in CI it fails.
     *
     * @param name the program's name
     * @param folder where it runs; its home is a new one beside it
     */
    public static Peer find(String name, Path folder) throws IOException {
        Path program = onPath(name);
        if (program == null) {
            throw missing(name);
        }
        return new Peer(program, folder, Map.of());
    }

    /** Skips the test, for there is no such program; in CI it fails. Does not return. */
    public static IllegalStateException missing(String name) {
        MissingPeers.add(name);
        String text = name + " is not installed";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(text + ", but in CI it has to be");
        }
        return Assumptions.abort(text);
    }

    private static @Nullable Path onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(part -> Path.of(part).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** The program behind a starter script, which may need the settings of whoever runs this. */
    public Peer behind(String... question) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(question));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Peer(Path.of(answer.strip()), folder, settings);
    }

    /** The same program with something in its environment. */
    public Peer with(Map<String, String> environment) throws IOException {
        return new Peer(program, folder, Map.copyOf(environment));
    }

    /** How a program ended, and what it wrote to both its outputs. */
    public record Outcome(int exit, String output) {

        public Outcome succeeded() {
            assertThat(exit).as("exit code; output: %s", output).isZero();
            return this;
        }

        public Outcome failed() {
            assertThat(exit).as("exit code; output: %s", output).isNotZero();
            return this;
        }
    }

    /** A program that runs. */
    public final class Running implements AutoCloseable {
        private final Process process;
        private final Path output;

        private Running(Process process, Path output) {
            this.process = process;
            this.output = output;
        }

        public Process process() {
            return process;
        }

        /** Waits for its end. */
        public Outcome await() throws Exception {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(program + " has not ended; its output: " + text());
                }
                return new Outcome(process.exitValue(), text());
            } finally {
                close();
            }
        }

        /** Writes to its input, if it was {@link Peer#startPiped}. */
        public void type(String lines) throws IOException {
            process.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        /** Waits until something is in its output, which may have been there before. */
        public Matcher expect(String pattern) {
            Pattern compiled = Pattern.compile(pattern);
            try {
                return Awaitility.await("output " + pattern)
                        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> compiled.matcher(text()), Matcher::find);
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("no " + pattern + " in the output of " + program + ": " + text(), e);
            }
        }

        private String text() {
            try {
                // what a program writes need not be UTF-8, and must not fail the test
                return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills it, if it still runs. */
        @Override
        public void close() {
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Starts it with nothing to read. */
    public Running start(String... arguments) throws IOException {
        return startWith("", arguments);
    }

    /** Starts it with something to read. */
    public Running startWith(String input, String... arguments) throws IOException {
        Path typed = Files.writeString(Files.createTempFile(home, "input", ".txt"), input);
        return start(ProcessBuilder.Redirect.from(typed.toFile()), arguments);
    }

    /** Starts it with an input that the test writes to while it runs. */
    public Running startPiped(String... arguments) throws IOException {
        return start(ProcessBuilder.Redirect.PIPE, arguments);
    }

    private Running start(ProcessBuilder.Redirect input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(input)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.putAll(settings);
        return new Running(builder.start(), output);
    }

    /** Runs it to its end. */
    public Outcome run(String... arguments) throws Exception {
        return start(arguments).await();
    }

    public Outcome runWith(String input, String... arguments) throws Exception {
        return startWith(input, arguments).await();
    }
}
