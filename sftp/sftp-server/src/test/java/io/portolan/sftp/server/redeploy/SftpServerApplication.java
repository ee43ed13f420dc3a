package io.portolan.sftp.server.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionListener;
import io.portolan.sftp.server.PublicHostKey;
import io.portolan.sftp.server.SftpServer;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What a web application would do: starts a server on each transport that is there, serves a client, stops. */
public final class SftpServerApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        Path folder = Files.createTempDirectory("redeploy");
        for (TransportKind kind : new TransportKind[] {TransportKind.AUTO, TransportKind.NIO}) {
            InMemoryFileSystem files = InMemoryFileSystem.create();
            try (SftpServer server = SftpServer.builder()
                    .port(0)
                    .hostKeyFile(folder.resolve("host_key"))
                    .user("al", "secret")
                    .files(files)
                    .listener(new SessionListener() {})
                    .transport(TransportOptions.builder().kind(kind).build())
                    .start()) {
                visit(server, folder);
                answers.append(
                        files.stat(VirtualPath.of("/file"), LinkHandling.FOLLOW).size());
            }
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith(TransportOptions.DEFAULT_THREAD_NAME_PREFIX))
                    .findAny()
                    .ifPresent(name -> {
                        throw new IllegalStateException("after close() there is a thread " + name);
                    });
        }
        if (!answers.toString().equals("44")) {
            throw new IllegalStateException("the files have " + answers);
        }
        return answers.toString();
    }

    /** OpenSSH's client, as an application loader that holds another one's would prove nothing. */
    private static void visit(SftpServer server, Path folder) throws IOException, InterruptedException {
        PublicHostKey key = server.hostKeys().get(0);
        Path known = Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:" + server.port() + " " + key.openSsh() + "\n");
        Path batch = Files.writeString(folder.resolve("batch"), "put content /file\nget /file back\n");
        Files.writeString(folder.resolve("content"), "ahoy");
        Path askPass = Files.writeString(folder.resolve("askpass"), "#!/bin/sh\necho secret\n");
        Files.setPosixFilePermissions(askPass, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(
                        "sftp",
                        "-F",
                        "none",
                        "-oUserKnownHostsFile=" + known,
                        "-oGlobalKnownHostsFile=/dev/null",
                        "-oStrictHostKeyChecking=yes",
                        "-oIdentityAgent=none",
                        "-oBatchMode=no",
                        "-P",
                        Integer.toString(server.port()),
                        "-b",
                        batch.toString(),
                        "al@127.0.0.1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .putAll(Map.of("SSH_ASKPASS", askPass.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none"));
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("sftp: " + Files.readString(folder.resolve("output")));
        }
    }
}
