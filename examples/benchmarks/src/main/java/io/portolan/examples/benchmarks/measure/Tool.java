package io.portolan.examples.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client program, run once. */
public final class Tool {

    private static final long LIMIT_MINUTES = 5;

    /** What was printed, and how long it took, start of the process included. */
    public record Run(String output, double seconds) {
        /** The output's lines, as numbers. */
        public List<Double> numbers() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> Double.valueOf(line.strip()))
                    .toList();
        }
    }

    private Tool() {}

    /** Whether a program can be found. */
    public static boolean isThere(String program) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs curl without settings of whoever runs the benchmark. */
    public static Run curl(Path workingFolder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "--silent", "--show-error", "--noproxy", "*"));
        command.addAll(arguments);
        return run(workingFolder, command);
    }

    /**
     * Runs lftp, one connection at a time, and otherwise as people have it: it does what a server offers by FEAT.
     *
     * @param settings lines for it before it connects
     */
    public static Run lftp(Path workingFolder, String user, String password, int port, String settings, String commands)
            throws IOException, InterruptedException {
        String script = """
                set cmd:fail-exit yes
                set net:max-retries 1
                set net:timeout 30
                set net:connection-limit 1
                %s
                open -u %s,%s -p %d 127.0.0.1
                %s
                bye
                """.formatted(settings.strip(), user, password, port, commands);
        return run(workingFolder, List.of("lftp", "--norc", "-c", script));
    }

    /**
     * Runs OpenSSH's sftp for one command, without anybody's settings.
     *
     * @param key the file of the private key
     * @param options more of the command line, such as a cipher
     */
    public static Run sftp(Path workingFolder, String user, Path key, int port, List<String> options, String line)
            throws IOException, InterruptedException {
        Path batch = Files.createTempFile(workingFolder, "batch", ".txt");
        try {
            Files.writeString(batch, line + "\n");
            List<String> command = SftpSession.command(key, port, options);
            command.addAll(List.of("-b", batch.toString(), user + "@127.0.0.1"));
            return run(workingFolder, command);
        } finally {
            Files.deleteIfExists(batch);
        }
    }

    private static Run run(Path workingFolder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(workingFolder, "output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingFolder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("HOME", workingFolder.toString());
            builder.environment().put("LC_ALL", "C.UTF-8");
            long start = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!ended) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(command.get(0) + (ended ? " failed: " : " takes too long: ") + printed);
            }
            return new Run(printed, seconds);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
