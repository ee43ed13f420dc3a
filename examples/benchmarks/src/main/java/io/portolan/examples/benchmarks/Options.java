package io.portolan.examples.benchmarks;

import io.portolan.examples.benchmarks.workload.Sizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param peers the servers; all if empty
 * @param clients the clients, where clients are compared; all if empty
 * @param workloads what is measured; all if empty
 * @param natives where {@code peers.sh} has put the servers in C; null where the system has them
 * @param scratch a folder for files and settings, which is made and removed
 * @param output where the results go
 * @param jfr where Portolan's flight recording goes, if there is to be one
 * @param transport Portolan's kind of transport, instead of the best that there is
 * @param javaHome the JDK of the servers on a JVM; this program's own, unless another is named
 * @param jvmOptions for the servers on a JVM
 */
record Options(
        Sizes sizes,
        OptionalInt runs,
        List<String> peers,
        List<String> clients,
        List<String> workloads,
        @Nullable Path natives,
        Path scratch,
        Path output,
        Optional<Path> jfr,
        Optional<String> transport,
        Path javaHome,
        List<String> jvmOptions) {

    static final String USAGE = """
            SideBySide [--quick] [--runs N] [--warm-ups N] [--peers NAME,…] [--workloads NAME,…] [--natives FOLDER]
                       [--scratch FOLDER] [--output FOLDER] [--jfr FILE] [--transport KIND] [--java-home FOLDER] [--jvm-options "OPTION …"]
              peers:     portolan apache vsftpd proftpd pure-ftpd; for SFTP portolan mina openssh
              workloads: download upload list small-down small-up login idle, tls-download tls-upload tls-small-down tls-small-up,
                         tls12-small-down tls12-small-up, tls-handshakes tls-handshakes-resumed tls12-handshakes tls12-handshakes-resumed,
                         sftp-download sftp-upload sftp-download-chacha sftp-upload-chacha sftp-download-ctr sftp-list
                         sftp-small-down sftp-small-up sftp-login sftp-idle sftp-upload-50ms sftp-upload-150ms
            """;

    static final String CLIENTS_USAGE = """
            ClientsSideBySide [--quick] [--runs N] [--warm-ups N] [--peers NAME,…] [--clients NAME,…] [--workloads NAME,…] [--natives FOLDER]
                              [--scratch FOLDER] [--output FOLDER] [--jfr FILE] [--transport KIND] [--java-home FOLDER] [--jvm-options "OPTION …"]
              peers:     vsftpd pure-ftpd proftpd portolan, million for the workload of that name; for SFTP openssh portolan
              clients:   portolan commons-net curl lftp; for SFTP portolan jsch mina sftp
              workloads: download upload tls-download tls-upload; -down and -up of small, parallel (8 connections, Commons Net one), threads (8
                         connections), tls-small, distant (50 ms); list million;
                         sftp-download sftp-upload, both with -50ms and -150ms, sftp-upload-parts-50ms sftp-upload-parts-150ms, sftp-small-down sftp-small-up, both with -50ms, sftp-list sftp-sessions
            """;

    /** Memory: no disk is measured. */
    private static final Path TMPFS = Path.of("/dev/shm");

    static Options parse(String... arguments) {
        Sizes sizes = Sizes.FULL;
        OptionalInt runs = OptionalInt.empty();
        List<String> peers = List.of();
        List<String> clients = List.of();
        List<String> workloads = List.of();
        Path natives = null;
        Path scratch = (Files.isWritable(TMPFS) ? TMPFS : Path.of(System.getProperty("java.io.tmpdir")))
                .resolve("portolan-benchmark-" + ProcessHandle.current().pid());
        Path output = Path.of("target", "side-by-side");
        Optional<Path> jfr = Optional.empty();
        Optional<String> transport = Optional.empty();
        Path javaHome = Path.of(System.getProperty("java.home"));
        List<String> jvmOptions = List.of();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            Supplier<String> value = () -> {
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException(option + " needs a value");
                }
                return rest.next();
            };
            switch (option) {
                case "--quick" -> sizes = Sizes.QUICK;
                case "--runs" -> runs = OptionalInt.of(Integer.parseInt(value.get()));
                case "--warm-ups" -> sizes = sizes.withWarmUps(Integer.parseInt(value.get()));
                case "--peers" -> peers = List.of(value.get().split(","));
                case "--clients" -> clients = List.of(value.get().split(","));
                case "--workloads" -> workloads = List.of(value.get().split(","));
                case "--natives" -> natives = Path.of(value.get()).toAbsolutePath();
                case "--scratch" -> scratch = Path.of(value.get()).toAbsolutePath();
                case "--output" -> output = Path.of(value.get());
                case "--jfr" -> jfr = Optional.of(Path.of(value.get()).toAbsolutePath());
                case "--transport" -> transport = Optional.of(value.get());
                case "--java-home" -> javaHome = Path.of(value.get()).toAbsolutePath();
                case "--jvm-options" -> jvmOptions = List.of(value.get().split(" "));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(
                sizes, runs, peers, clients, workloads, natives, scratch, output, jfr, transport, javaHome, jvmOptions);
    }
}
