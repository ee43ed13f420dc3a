package io.portolan.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs Jazzer, which finds new inputs by what the last ones have reached, in a JVM of its own, as it changes the classes that it looks at. What it has found stays
 * under {@code target/fuzz} and is where the next run begins. {@code -Dportolan.fuzz.seconds=3600} says how long each target gets, {@code -Dportolan.fuzz.target=PacketFuzz} which is the only one.
 */
public final class Jazzer {

    private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";

    /** How long a target gets unless something else is said: enough to see that it runs. */
    private static final int SECONDS = 20;

    /** For the start of the JVM and for the last input. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private static final int TOLD_LINES = 60;

    private Jazzer() {}

    /** Runs a target for a while; does nothing where Jazzer is not on the class path. */
    public static void run(FuzzTarget target) throws Exception {
        Assumptions.assumeTrue(isThere(), "Jazzer is on the class path with -Plong only");
        String only =
                System.getProperty("portolan.fuzz.target", target.getClass().getSimpleName());
        Assumptions.assumeTrue(only.equals(target.getClass().getSimpleName()), "another target is asked for");
        int seconds = Integer.getInteger("portolan.fuzz.seconds", SECONDS);
        Path folder = Files.createDirectories(
                Path.of("target", "fuzz", target.getClass().getSimpleName()).toAbsolutePath());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(target, seeds(target, folder), corpus, seconds))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(seconds + GRACE.toSeconds(), TimeUnit.SECONDS))
                    .as("Jazzer's end, see " + log)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> end(log)).isZero();
    }

    private static boolean isThere() {
        try {
            Class.forName(MAIN, false, Jazzer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Path seeds(FuzzTarget target, Path folder) throws Exception {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(seeds.resolve("seed-" + number++), seed);
        }
        return seeds;
    }

    private static List<String> command(FuzzTarget target, Path seeds, Path corpus, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                // Surefire's own is a file that names the others
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                MAIN,
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.getClass().getName(),
                "--instrumentation_includes=io.portolan.**",
                "-max_total_time=" + seconds,
                "-timeout=30",
                "-rss_limit_mb=3000"));
        command.add(corpus.toString());
        command.add(seeds.toString());
        return command;
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
