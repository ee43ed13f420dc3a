package io.portolan.examples.benchmarks;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Jvm;
import io.portolan.examples.benchmarks.peer.JvmPeer;
import io.portolan.examples.benchmarks.peer.Keys;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.ProftpdPeer;
import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.peer.PureFtpdPeer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.peer.SshdPeer;
import io.portolan.examples.benchmarks.peer.VsftpdPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Json;
import io.portolan.examples.benchmarks.report.Markdown;
import io.portolan.examples.benchmarks.report.Results;
import io.portolan.examples.benchmarks.workload.Data;
import io.portolan.examples.benchmarks.workload.Workload;
import io.portolan.examples.benchmarks.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the same workloads against Portolan and other servers, and prints medians and ratios.
 *
 * <p>All servers of one protocol run at the same time, each as a process of its own, and take turns: run 1 on each of them, run 2 on each of them, and so on. So
 * what else happens on the machine meets all. Data lies in memory, clients are curl, lftp and, for logins, sockets of this program; for SFTP OpenSSH's sftp.
 */
public final class SideBySide {

    /** Frames with a line number even where the compiler has inlined them. */
    private static final List<String> PROFILING = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

    /** A server that takes longer for one run is not warmed up further, and measured once: Apache's small files take a minute and a half. */
    private static final long TOO_LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Options options;
    private final Results results = new Results("Apache");

    private SideBySide(Options options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        // of TLS 1.2 all servers resume sessions by their number, and vsftpd by nothing else
        System.setProperty("jdk.tls.client.enableSessionTicketExtension", "false");
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.out.print(tables(run(options)));
        if (options.jfr().isPresent()) {
            System.out.print(JfrSummary.of(options.jfr().get()));
        }
    }

    /** Measures, and writes the results' files. */
    static Map<Protocol, Results> run(Options options) throws IOException, InterruptedException {
        Map<Protocol, Results> all = new EnumMap<>(Protocol.class);
        List<Workload> workloads = wanted(Workloads.all(options.sizes()), Workload::name, options.workloads());
        List<Peer> peers = wanted(peers(options), Peer::name, options.peers());
        try {
            Data data = Data.create(options.scratch(), options.sizes());
            Keys keys = new Keys(options.scratch().resolve("keys"));
            for (Protocol protocol : Protocol.values()) {
                List<Workload> what = of(protocol, workloads, Workload::protocol);
                List<Peer> who = of(protocol, peers, Peer::protocol);
                if (!what.isEmpty() && !who.isEmpty()) {
                    SideBySide run = new SideBySide(options);
                    run.measure(what, who, data, keys);
                    all.put(protocol, run.results);
                }
            }
        } finally {
            remove(options.scratch());
        }
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("results.md"), tables(all));
        for (Map.Entry<Protocol, Results> each : all.entrySet()) {
            String name = "results-" + each.getKey().name().toLowerCase(Locale.ROOT) + ".json";
            Files.writeString(options.output().resolve(name), Json.of(each.getValue()));
        }
        return all;
    }

    private static String tables(Map<Protocol, Results> all) {
        return all.entrySet().stream()
                .map(each -> "## " + each.getKey() + "\n\n" + Markdown.of(each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private void measure(List<Workload> workloads, List<Peer> peers, Data data, Keys keys)
            throws IOException, InterruptedException {
        Map<RunningPeer, ProcessTree> running = new LinkedHashMap<>();
        try {
            for (Peer peer : peers) {
                Optional<String> missing = peer.missing();
                if (missing.isPresent()) {
                    results.remark(peer.name() + " was left out: " + missing.get());
                    continue;
                }
                Path scratch = options.scratch().resolve(peer.protocol() + "-" + peer.name());
                RunningPeer started = peer.start(data.root(), scratch, keys);
                ProcessTree processes = new ProcessTree(started.pid());
                running.put(started, peer.kind() == Peer.Kind.NATIVE ? processes.watching() : processes);
            }
            for (Workload workload : workloads) {
                measure(workload, running, data);
            }
        } finally {
            running.keySet().forEach(RunningPeer::close);
        }
        results.remark("runs that were not counted, before: " + options.sizes().warmUps() + " of each server on a JVM");
    }

    private static List<Peer> peers(Options options) {
        Jvm jvm = new Jvm(options.javaHome(), options.jvmOptions());
        List<String> recording = options.jfr().map(SideBySide::recording).orElse(List.of());
        return List.of(
                JvmPeer.portolan(Protocol.FTP, jvm.with(recording), options.transport()),
                JvmPeer.apache(jvm),
                new VsftpdPeer(options.natives()),
                new ProftpdPeer(options.natives()),
                new PureFtpdPeer(options.natives()),
                JvmPeer.portolan(Protocol.SFTP, jvm.with(recording), options.transport()),
                JvmPeer.mina(jvm),
                new SshdPeer());
    }

    private static <T> List<T> of(Protocol protocol, List<T> all, Function<T, Protocol> protocolOf) {
        return all.stream().filter(each -> protocolOf.apply(each) == protocol).toList();
    }

    /** What has a JVM record its flight. */
    static List<String> recording(Path file) {
        List<String> all = new ArrayList<>(PROFILING);
        // what the recorder says of its start would stand among the answers on the standard output
        all.add("-Xlog:jfr+startup=off");
        all.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
        return all;
    }

    static <T> List<T> wanted(List<T> all, Function<T, String> nameOf, List<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(each -> nameOf.apply(each).equals(name))) {
                throw new IllegalArgumentException("there is no " + name);
            }
        }
        return all.stream()
                .filter(each -> names.isEmpty() || names.contains(nameOf.apply(each)))
                .toList();
    }

    private void measure(Workload workload, Map<RunningPeer, ProcessTree> running, Data data)
            throws InterruptedException {
        List<RunningPeer> turn = new ArrayList<>();
        for (RunningPeer peer : running.keySet()) {
            if (warmUp(workload, peer, processesOf(peer, running), data)) {
                turn.add(peer);
            }
        }
        int runs = options.runs().orElse(workload.runs());
        for (int i = 1; i <= runs; i++) {
            for (RunningPeer peer : List.copyOf(turn)) {
                System.err.printf("%s, %s, run %d%n", workload.name(), peer.name(), i);
                long start = System.nanoTime();
                List<Figure> figures = tried(workload, peer, processesOf(peer, running), data);
                figures.forEach(figure -> results.add(figure, peer.name(), peer.kind()));
                if (figures.isEmpty()) {
                    turn.remove(peer);
                } else if (System.nanoTime() - start > TOO_LONG_NANOS && runs > 1) {
                    results.remark(workload.name() + " on " + peer.name() + " takes too long to be repeated: one run");
                    turn.remove(peer);
                }
            }
        }
    }

    /** Tells whether it works at all. */
    private boolean warmUp(Workload workload, RunningPeer peer, ProcessTree processes, Data data)
            throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < workload.warmUps(peer.kind()) && System.nanoTime() - start < TOO_LONG_NANOS; i++) {
            System.err.printf("%s, %s, warming up%n", workload.name(), peer.name());
            try {
                workload.warmUp(peer, processes, data);
            } catch (IOException e) {
                remarkFailure(workload, peer, e);
                return false;
            }
        }
        return true;
    }

    /** What was measured; nothing if the server cannot do it, which is remarked, so that the others still are compared. */
    private List<Figure> tried(Workload workload, RunningPeer peer, ProcessTree processes, Data data)
            throws InterruptedException {
        try {
            return workload.run(peer, processes, data);
        } catch (IOException e) {
            remarkFailure(workload, peer, e);
            return List.of();
        }
    }

    private void remarkFailure(Workload workload, RunningPeer peer, IOException e) {
        results.remark(workload.name() + " on " + peer.name() + " failed: "
                + String.valueOf(e.getMessage()).strip().replace("\n", "; "));
    }

    private static ProcessTree processesOf(RunningPeer peer, Map<RunningPeer, ProcessTree> running) {
        ProcessTree processes = running.get(peer);
        if (processes == null) {
            throw new IllegalStateException(peer.name() + " does not run");
        }
        return processes;
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
