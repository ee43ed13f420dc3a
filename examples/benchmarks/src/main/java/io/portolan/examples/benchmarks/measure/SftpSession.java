package io.portolan.examples.benchmarks.measure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * OpenSSH's sftp, logged in, which does one command after the other. So commands are timed without the start of the program and without the login, and a session
 * can be held.
 */
public final class SftpSession implements Closeable {

    /** After each command it is asked where it is, which it knows without asking the server: so the answer says that the command is done. */
    private static final String MARK = "pwd";

    private static final String MARKED = "Remote working directory: ";

    private static final long LIMIT_MINUTES = 5;
    private static final Executor LATER = CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES);
    private static final long LEAVE_SECONDS = 10;

    private final Process process;
    private final Path errors;
    private final PrintWriter commands;
    private final BufferedReader answers;

    private SftpSession(Process process, Path errors) {
        this.errors = errors;
        this.process = process;
        this.commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Logs in.
     *
     * @param key the file of the private key
     * @param options more of the command line, such as a cipher
     */
    public static SftpSession open(Path workingFolder, String user, Path key, int port, List<String> options)
            throws IOException {
        SftpSession session = start(workingFolder, user, key, port, options);
        try {
            session.run("");
        } catch (IOException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** The program without settings of whoever runs the benchmark, up to what it shall do and where. */
    static List<String> command(Path key, int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of("sftp", "-q", "-F", "none", "-P", String.valueOf(port)));
        command.addAll(List.of("-i", key.toString(), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"));
        command.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
        command.addAll(List.of("-o", "GlobalKnownHostsFile=/dev/null"));
        command.addAll(options);
        return command;
    }

    /** Begins to log in: {@link #run} waits until it has. */
    public static SftpSession start(Path workingFolder, String user, Path key, int port, List<String> options)
            throws IOException {
        List<String> command = command(key, port, options);
        command.addAll(List.of("-b", "-", user + "@127.0.0.1"));
        Path errors = Files.createTempFile(workingFolder, "errors", ".txt");
        // not into the same pipe: ssh would make that non-blocking, and what sftp then cannot print at once is lost
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectError(errors.toFile());
        builder.environment().put("HOME", workingFolder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        SftpSession session = new SftpSession(builder.start(), errors);
        LATER.execute(session.process::destroyForcibly);
        return session;
    }

    /** What was printed, and how long it took. */
    public Tool.Run run(String command) throws IOException {
        long start = System.nanoTime();
        commands.println(command);
        commands.println(MARK);
        StringBuilder printed = new StringBuilder();
        String line = answers.readLine();
        for (; line != null && !line.startsWith(MARKED); line = answers.readLine()) {
            // it repeats what it was told
            if (!line.startsWith("sftp> ")) {
                printed.append(line).append('\n');
            }
        }
        if (line == null) {
            throw new IOException("sftp failed: " + printed + Files.readString(errors));
        }
        return new Tool.Run(printed.toString(), (System.nanoTime() - start) / 1e9);
    }

    /** Leaves. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            answers.close();
            Files.deleteIfExists(errors);
        }
    }
}
