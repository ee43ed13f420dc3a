package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Jvm;
import io.portolan.examples.benchmarks.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A client on a JVM, which stays for all tasks, so that its code is compiled when it counts. */
public final class JvmClient implements Client {

    private static final long STOP_SECONDS = 20;

    private final String name;
    private final Peer.Kind kind;
    private final Process process;
    private final ProcessTree cpu;
    private final BufferedReader answers;
    private final PrintWriter tasks;

    private JvmClient(String name, Peer.Kind kind, Process process) {
        this.name = name;
        this.kind = kind;
        this.process = process;
        this.cpu = new ProcessTree(process.pid());
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.tasks = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    /** Portolan. */
    public static JvmClient portolan(Jvm jvm, Path folder) throws IOException {
        return new JvmClient("portolan", Peer.Kind.PORTOLAN, start(jvm, ClientMain.PORTOLAN, folder));
    }

    /** Commons Net. */
    public static JvmClient commonsNet(Jvm jvm, Path folder) throws IOException {
        return new JvmClient("commons-net", Peer.Kind.JAVA, start(jvm, ClientMain.COMMONS_NET, folder));
    }

    /** Portolan, for SFTP. */
    public static JvmClient portolanSftp(Jvm jvm, Path folder) throws IOException {
        return new JvmClient("portolan", Peer.Kind.PORTOLAN, start(jvm, ClientMain.PORTOLAN_SFTP, folder));
    }

    /** JSch, as it is maintained today. */
    public static JvmClient jsch(Jvm jvm, Path folder) throws IOException {
        return new JvmClient("jsch", Peer.Kind.JAVA, start(jvm, ClientMain.JSCH, folder));
    }

    /** Apache MINA SSHD's client. */
    public static JvmClient mina(Jvm jvm, Path folder) throws IOException {
        return new JvmClient("mina", Peer.Kind.JAVA, start(jvm, ClientMain.MINA, folder));
    }

    private static Process start(Jvm jvm, String which, Path folder) throws IOException {
        return new ProcessBuilder(jvm.command(ClientMain.class, which))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Peer.Kind kind() {
        return kind;
    }

    @Override
    public boolean takes(Task task) {
        return true;
    }

    @Override
    public Outcome run(Task task) throws IOException {
        ProcessTree.Cpu before = cpu.cpu();
        tasks.println(task.line());
        String answer = answers.readLine();
        double used = cpu.secondsSince(before);
        if (answer == null) {
            throw new IOException(name + " has ended");
        }
        String[] parts = answer.split(" ", 2);
        if (parts[0].equals(ClientMain.FAILED)) {
            throw new IOException(name + ": " + parts[1]);
        }
        String[] figures = answer.split(" ");
        return new Outcome(
                Double.parseDouble(figures[0]), used, Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }

    @Override
    public void close() {
        // it ends with its input, and then writes its recording
        tasks.close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
