package io.portolan.examples.standalone;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.portolan.testing.Patience;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients as processes. One that is not installed is a skip, but in CI, which installs them, a failure. */
final class Client {

    /** What came of it. */
    record Outcome(int exitCode, String output) {}

    private Client() {}

    static void require(String program) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail(program + " is not installed");
        } else if (found.isEmpty()) {
            abort(program + " is not installed");
        }
    }

    /** Runs a line as it would be pasted into a shell. */
    static Outcome paste(String line) throws Exception {
        return run(List.of("sh", "-c", line));
    }

    static Outcome run(List<String> command) throws Exception {
        Path output = Files.createTempFile("client", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " does not end");
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
