package io.portolan.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Does what an application server does: loads an application with its own copies of our classes and of Netty's, runs it, unloads it, and finds out whether the class
 * loader can be collected.
 *
 * <p>In a JVM of its own, for two reasons. A native library that outlives its class loader crashes the JVM, which must be seen and not kill the other tests. And
 * when a class loader with Netty's native transports is unloaded, they unregister their methods by the names of the classes; if the JVM's own
 * class path has Netty, too, it loses its natives in the middle of whatever it does.
 */
public final class RedeployHarness {

    /** How long the garbage collector gets for each deployment; measured at most a second when nothing leaks, and more on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration JVM_PATIENCE = Duration.ofMinutes(5);

    /** What an application brings along; the test's own libraries stay out, as some of them hold on to classes. */
    private static final List<String> JARS =
            List.of("netty-", "slf4j-api-", "portolan-", "bcprov-", "bcpkix-", "bcutil-");

    private RedeployHarness() {}

    /**
     * Deploys an application several times in a row.
     *
     * @param application has a public constructor without parameters
     * @param times how often
     * @throws AssertionError if a class loader leaks, the application fails, or the JVM crashes
     */
    public static void redeploy(Class<? extends Callable<?>> application, int times) throws Exception {
        Outcome outcome = run(application, times, PATIENCE);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    /** What became of the JVM. */
    record Outcome(int exitCode, String output) {}

    static Outcome run(Class<? extends Callable<?>> application, int times, Duration patience) throws Exception {
        Path output = Files.createTempFile("redeploy", ".txt");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            folderOf(RedeployMain.class),
                            RedeployMain.class.getName(),
                            application.getName(),
                            Integer.toString(times),
                            Long.toString(patience.toMillis()),
                            applicationClassPath())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(JVM_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return new Outcome(process.exitValue(), ended ? text : text + "killed after " + JVM_PATIENCE);
        } finally {
            Files.delete(output);
        }
    }

    /** The folder of test classes: in it is the main class, and not Netty. */
    private static String folderOf(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static String applicationClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry)) || isBroughtAlong(new File(entry).getName()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isBroughtAlong(String jar) {
        return JARS.stream().anyMatch(jar::startsWith);
    }
}
