package io.portolan.examples.benchmarks.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server on a JVM of its own, with the class path of this one. */
public final class JvmPeer implements Peer {

    private static final String USER = "bench";
    private static final String PASSWORD = "bench";

    private final String name;
    private final Kind kind;
    private final Class<?> main;
    private final List<String> jvmOptions;
    private final List<String> arguments;

    private JvmPeer(String name, Kind kind, Class<?> main, List<String> jvmOptions, List<String> arguments) {
        this.name = name;
        this.kind = kind;
        this.main = main;
        this.jvmOptions = jvmOptions;
        this.arguments = arguments;
    }

    /**
     * Portolan.
     *
     * @param jvmOptions options of the JVM
     * @param transport the kind of transport; empty for the best that there is
     */
    public static JvmPeer portolan(List<String> jvmOptions, Optional<String> transport) {
        return new JvmPeer(
                "portolan",
                Kind.PORTOLAN,
                BenchServer.class,
                jvmOptions,
                transport.map(List::of).orElse(List.of()));
    }

    /** Apache FtpServer. */
    public static JvmPeer apache(List<String> jvmOptions) {
        return new JvmPeer("apache", Kind.JAVA, ApacheServer.class, jvmOptions, List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public RunningPeer start(Path root, Path scratch, Certificate certificate)
            throws IOException, InterruptedException {
        int port = RunningPeer.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(String.valueOf(port), root.toString(), USER, PASSWORD));
        command.addAll(List.of(
                certificate.chain().toString(),
                certificate.key().toString(),
                certificate.keyStore().toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(scratch).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return RunningPeer.of(this, process, port, USER, PASSWORD);
    }

    /** A class path that means the same in whatever folder it is used. */
    static String classPath(String here) {
        return Arrays.stream(here.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
