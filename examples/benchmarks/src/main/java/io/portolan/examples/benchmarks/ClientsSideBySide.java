package io.portolan.examples.benchmarks;

import io.portolan.examples.benchmarks.client.Account;
import io.portolan.examples.benchmarks.client.Client;
import io.portolan.examples.benchmarks.client.ClientWorkload;
import io.portolan.examples.benchmarks.client.ClientWorkloads;
import io.portolan.examples.benchmarks.client.CurlClient;
import io.portolan.examples.benchmarks.client.JvmClient;
import io.portolan.examples.benchmarks.client.LftpClient;
import io.portolan.examples.benchmarks.client.OpenSshClient;
import io.portolan.examples.benchmarks.client.Outcome;
import io.portolan.examples.benchmarks.client.Task;
import io.portolan.examples.benchmarks.load.DelayedFtpLink;
import io.portolan.examples.benchmarks.load.DelayedLink;
import io.portolan.examples.benchmarks.peer.CrowdedServer;
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
import io.portolan.examples.benchmarks.report.Markdown;
import io.portolan.examples.benchmarks.report.Results;
import io.portolan.examples.benchmarks.workload.Data;
import io.portolan.examples.benchmarks.workload.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has clients do the same on the same server, in turns, each as a process of its own that connects and logs in each time, and prints medians and ratios. Files come from and go to memory; whether they are whole is
 * looked at when the clock has stopped.
 */
public final class ClientsSideBySide {

    private static final List<String> SMALL_HEAP = List.of("-Xmx32m");

    /** Compilers have seen enough then. */
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What a run that is not counted is to last: of shorter ones there are more, or the compilers' time would be counted for the client's. */
    private static final long WARM_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Options options;
    private final Data data;
    private final Path fetched;

    private ClientsSideBySide(Options options, Data data) throws IOException {
        this.options = options;
        this.data = data;
        this.fetched = Files.createDirectories(data.clients().resolve("fetched"));
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.CLIENTS_USAGE);
            System.exit(2);
            return;
        }
        run(options).forEach((server, results) -> System.out.print(table(server, results)));
        if (options.jfr().isPresent()) {
            System.out.print(JfrSummary.of(options.jfr().get()));
        }
    }

    private static String table(String server, Results results) {
        return "## Clients of " + server + "\n\n" + Markdown.of(results) + "\n";
    }

    /** Measures, and writes the tables to a file. */
    static Map<String, Results> run(Options options) throws IOException, InterruptedException {
        List<ClientWorkload> workloads =
                SideBySide.wanted(ClientWorkloads.all(options.sizes()), ClientWorkload::name, options.workloads());
        Map<String, Results> all = new LinkedHashMap<>();
        try {
            Data data = Data.create(options.scratch(), options.sizes());
            for (int files : ClientWorkloads.folders(options.sizes())) {
                folder(data, files);
            }
            if (workloads.stream().anyMatch(each -> isLarge(each))) {
                data.largeFolder();
            }
            ClientsSideBySide run = new ClientsSideBySide(options, data);
            Keys keys = new Keys(options.scratch().resolve("keys"));
            for (Peer peer : SideBySide.wanted(peers(options), Peer::name, options.peers())) {
                List<ClientWorkload> its = workloads.stream()
                        .filter(each -> each.protocol() == peer.protocol() && each.isCrowded() == isCrowded(peer))
                        .toList();
                if (!its.isEmpty()) {
                    all.put(title(peer), run.on(peer, its, keys));
                }
            }
        } finally {
            SideBySide.remove(options.scratch());
        }
        Files.createDirectories(options.output());
        StringBuilder tables = new StringBuilder();
        all.forEach((server, results) -> tables.append(table(server, results)));
        Files.writeString(options.output().resolve("clients.md"), tables);
        return all;
    }

    private static List<Peer> peers(Options options) {
        Jvm jvm = new Jvm(options.javaHome(), options.jvmOptions());
        return List.of(
                new VsftpdPeer(options.natives()),
                new PureFtpdPeer(options.natives()),
                new ProftpdPeer(options.natives()),
                JvmPeer.portolan(Protocol.FTP, jvm, options.transport()),
                JvmPeer.crowded(jvm),
                new SshdPeer(),
                JvmPeer.portolan(Protocol.SFTP, jvm, options.transport()));
    }

    private static String title(Peer peer) {
        return peer.protocol() == Protocol.SFTP ? peer.name() + " (SFTP)" : peer.name();
    }

    private static boolean isLarge(ClientWorkload workload) {
        return workload.protocol() == Protocol.SFTP && workload.kind() == Task.Kind.LIST;
    }

    private static boolean isCrowded(Peer peer) {
        return peer.name().equals("million");
    }

    /** A folder with fewer files than the others, of the same names. */
    private static void folder(Data data, int files) throws IOException {
        Path few = Files.createDirectories(folderOf(data, files));
        for (int i = 0; i < files; i++) {
            Path file = few.resolve(Task.name(i));
            if (!Files.exists(file)) {
                Files.copy(data.small().resolve(Task.name(i)), file);
            }
        }
    }

    private static Path folderOf(Data data, int files) {
        Path all = data.small();
        return all.toFile().list().length == files ? all : data.root().resolve(Data.SMALL + "-" + files);
    }

    private Results on(Peer peer, List<ClientWorkload> workloads, Keys keys) throws IOException, InterruptedException {
        Results results = new Results(peer.protocol() == Protocol.SFTP ? "best Java" : "Commons Net");
        Optional<String> missing = peer.missing();
        if (missing.isPresent()) {
            results.remark(peer.name() + " was left out: " + missing.get());
            return results;
        }
        try (RunningPeer server = peer.start(data.root(), options.scratch().resolve("server-" + peer.name()), keys)) {
            for (ClientWorkload workload : workloads) {
                // a process for each of a thousand sessions is another measurement
                if (workload.kind() == Task.Kind.SESSIONS && peer.kind() == Peer.Kind.NATIVE) {
                    continue;
                }
                List<Client> clients = clients(workload);
                try {
                    measure(workload, server, clients, results);
                } finally {
                    clients.forEach(Client::close);
                }
            }
        }
        return results;
    }

    private boolean isWanted(String client) {
        return options.clients().isEmpty() || options.clients().contains(client);
    }

    /** New ones for each workload: what one has taught a compiler is nothing to the next. */
    private List<Client> clients(ClientWorkload workload) throws IOException {
        Jvm jvm = new Jvm(options.javaHome(), options.jvmOptions());
        if (workload.isCrowded()) {
            jvm = jvm.with(SMALL_HEAP);
        }
        List<Client> clients = new ArrayList<>();
        boolean sftp = workload.protocol() == Protocol.SFTP;
        if (isWanted("portolan")) {
            Jvm recording = options.jfr().isEmpty()
                    ? jvm
                    : jvm.with(SideBySide.recording(options.jfr().get()));
            clients.add(
                    sftp
                            ? JvmClient.portolanSftp(recording, data.clients())
                            : JvmClient.portolan(recording, data.clients()));
        }
        if (sftp && isWanted("jsch")) {
            clients.add(JvmClient.jsch(jvm, data.clients()));
        }
        if (sftp && isWanted("mina")) {
            clients.add(JvmClient.mina(jvm, data.clients()));
        }
        if (sftp && isWanted("sftp")) {
            clients.add(new OpenSshClient(data.clients()));
        }
        if (!sftp && isWanted("commons-net")) {
            clients.add(JvmClient.commonsNet(jvm, data.clients()));
        }
        if (!sftp && isWanted("curl")) {
            clients.add(new CurlClient(data.clients()));
        }
        if (!sftp && isWanted("lftp")) {
            clients.add(new LftpClient(data.clients()));
        }
        return clients;
    }

    private void measure(ClientWorkload workload, RunningPeer server, List<Client> clients, Results results) {
        int runs = options.runs().orElse(options.sizes().runs());
        List<Client> turn = new ArrayList<>();
        for (Client client : clients) {
            if (client.takes(task(workload, server, client, server.address().getPort()))) {
                turn.add(client);
            }
        }
        turn.removeIf(client -> !warmUp(workload, server, client, results));
        for (int i = 1; i <= runs; i++) {
            for (Client client : List.copyOf(turn)) {
                System.err.printf("%s, %s on %s, run %d%n", workload.name(), client.name(), server.name(), i);
                Outcome outcome = tried(workload, server, client, results);
                if (outcome == null) {
                    turn.remove(client);
                } else {
                    workload.figures(outcome).forEach(figure -> results.add(figure, client.name(), client.kind()));
                }
            }
        }
    }

    /** Tells whether it works at all. What is compiled ahead has nothing to learn; what is slow waits, which teaches nothing. */
    private boolean warmUp(ClientWorkload workload, RunningPeer server, Client client, Results results) {
        int times = client.kind() == Peer.Kind.NATIVE ? 0 : options.sizes().warmUps();
        long start = System.nanoTime();
        long spent = 0;
        for (int i = 0; spent < WARM_NANOS && (i < times || spent < times * WARM_RUN_NANOS); i++) {
            if (tried(workload, server, client, results) == null) {
                return false;
            }
            spent = System.nanoTime() - start;
        }
        return true;
    }

    private @Nullable Outcome tried(ClientWorkload workload, RunningPeer server, Client client, Results results) {
        try {
            return run(workload, server, client);
        } catch (IOException e) {
            results.remark(workload.name() + " with " + client.name() + " failed: " + e.getMessage());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Outcome run(ClientWorkload workload, RunningPeer server, Client client)
            throws IOException, InterruptedException {
        Data.clear(fetched);
        Data.clear(data.incoming());
        if (workload.delayMillis() == 0) {
            return checked(
                    client, task(workload, server, client, server.address().getPort()));
        }
        try (DelayedLink link = link(workload, server)) {
            return checked(client, task(workload, server, client, link.port()));
        }
    }

    private static DelayedLink link(ClientWorkload workload, RunningPeer server) throws IOException {
        return workload.protocol() == Protocol.SFTP
                ? new DelayedLink(server.address(), workload.delayMillis())
                : new DelayedFtpLink(server.address(), workload.delayMillis());
    }

    private Task task(ClientWorkload workload, RunningPeer server, Client client, int port) {
        int files = workload.files();
        int connections = client.kind() == Peer.Kind.JAVA ? workload.javaConnections() : workload.connections();
        boolean sftp = workload.protocol() == Protocol.SFTP;
        Account account = (sftp ? Account.withKey(server) : Account.of(server, workload.tls())).by(port);
        Path many = folderOf(data, files);
        return switch (workload.kind()) {
            case DOWNLOAD -> new Task(Task.Kind.DOWNLOAD, account, Data.BIG, fetched.resolve(Data.BIG), 1, connections);
            case UPLOAD ->
                new Task(Task.Kind.UPLOAD, account, Data.INCOMING + "/" + Data.BIG, data.big(), 1, connections);
            case DOWNLOAD_MANY ->
                new Task(
                        Task.Kind.DOWNLOAD_MANY,
                        account,
                        String.valueOf(many.getFileName()),
                        fetched,
                        files,
                        connections);
            case UPLOAD_MANY -> new Task(Task.Kind.UPLOAD_MANY, account, Data.INCOMING, many, files, connections);
            case LIST, STREAM, SESSIONS ->
                new Task(workload.kind(), account, sftp ? Data.LARGE : Data.MANY, fetched, files, 1);
        };
    }

    private Outcome checked(Client client, Task task) throws IOException, InterruptedException {
        Outcome outcome = client.run(task);
        switch (task.kind()) {
            case DOWNLOAD -> check(fetched, 1, options.sizes().bigFile());
            case UPLOAD -> check(data.incoming(), 1, options.sizes().bigFile());
            case DOWNLOAD_MANY -> check(fetched, task.count(), Sizes.SMALL_FILE);
            case UPLOAD_MANY -> check(data.incoming(), task.count(), Sizes.SMALL_FILE);
            case LIST ->
                check(
                        outcome,
                        task.remote().equals(Data.LARGE)
                                ? options.sizes().largeFolder()
                                : options.sizes().entries());
            case SESSIONS -> {
                // or it would have failed
            }
            case STREAM -> check(outcome, CrowdedServer.ENTRIES);
        }
        return outcome;
    }

    /** Some servers list "." and ".." as well. */
    private static void check(Outcome outcome, int entries) throws IOException {
        if (outcome.entries() < entries || outcome.entries() > entries + 2) {
            throw new IOException(outcome.entries() + " entries of " + entries + " have been listed");
        }
    }

    private static void check(Path folder, int files, long size) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            long whole = all.filter(file -> file.toFile().length() == size).count();
            if (whole != files) {
                throw new IOException(whole + " files of " + files + " have arrived");
            }
        }
    }
}
