package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The host key that all SSH servers have and the key that the user logs in with, both Ed25519, made by ssh-keygen.
 *
 * @param host the host's private key
 * @param user the user's private key
 * @param authorizedKeys the user's public key, as OpenSSH has it
 */
public record SshKeys(Path host, Path user, Path authorizedKeys) {

    /** Makes them in an empty folder. */
    static SshKeys create(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return new SshKeys(key(folder, "host"), key(folder, "user"), folder.resolve("user.pub"));
    }

    private static Path key(Path folder, String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        Path log = folder.resolve("ssh-keygen.log");
        Process process = new ProcessBuilder(
                        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("ssh-keygen failed: " + Files.readString(log));
        }
        return file;
    }
}
