package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server on a JVM of its own, with the class path of this one. */
public final class JvmPeer implements Peer {

    private static final String USER = "bench";
    private static final String PASSWORD = "bench";

    private final String name;
    private final Kind kind;
    private final Protocol protocol;
    private final Class<?> main;
    private final Jvm jvm;
    private final List<String> arguments;

    private JvmPeer(String name, Kind kind, Protocol protocol, Class<?> main, Jvm jvm, List<String> arguments) {
        this.name = name;
        this.kind = kind;
        this.protocol = protocol;
        this.main = main;
        this.jvm = jvm;
        this.arguments = arguments;
    }

    /**
     * Portolan.
     *
     * @param transport the kind of transport; empty for the best that there is
     */
    public static JvmPeer portolan(Protocol protocol, Jvm jvm, Optional<String> transport) {
        Class<?> main = protocol == Protocol.FTP ? BenchServer.class : BenchSftpServer.class;
        return new JvmPeer(
                "portolan",
                Kind.PORTOLAN,
                protocol,
                main,
                jvm,
                transport.map(List::of).orElse(List.of()));
    }

    /** Portolan with a folder of a million entries. */
    public static JvmPeer crowded(Jvm jvm) {
        return new JvmPeer("million", Kind.PORTOLAN, Protocol.FTP, CrowdedServer.class, jvm, List.of());
    }

    /** Apache FtpServer. */
    public static JvmPeer apache(Jvm jvm) {
        return new JvmPeer("apache", Kind.JAVA, Protocol.FTP, ApacheServer.class, jvm, List.of());
    }

    /** Apache MINA SSHD. */
    public static JvmPeer mina(Jvm jvm) {
        return new JvmPeer("mina", Kind.JAVA, Protocol.SFTP, MinaServer.class, jvm, List.of());
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
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public RunningPeer start(Path root, Path scratch, Keys keys) throws IOException, InterruptedException {
        int port = RunningPeer.freePort();
        List<String> command = jvm.command(main, String.valueOf(port), root.toString(), USER);
        command.addAll(
                switch (protocol) {
                    case FTP -> secrets(keys.certificate());
                    case SFTP -> secrets(keys.ssh());
                });
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(scratch).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RunningPeer running = RunningPeer.of(this, process, port, USER, PASSWORD);
        return protocol == Protocol.SFTP ? running.withKey(keys.ssh().user()) : running;
    }

    private static List<String> secrets(Certificate certificate) {
        return List.of(
                PASSWORD,
                certificate.chain().toString(),
                certificate.key().toString(),
                certificate.keyStore().toString());
    }

    private static List<String> secrets(SshKeys keys) {
        return List.of(keys.host().toString(), keys.authorizedKeys().toString());
    }
}
