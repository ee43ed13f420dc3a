package io.portolan.examples.standalone;

import io.portolan.sftp.server.SftpServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/**
 * The key by which SFTP shows who it is: one's own, or one that is made here.
 *
 * @param settings gives it to a server
 * @param origin where it is from, for the first screen
 */
record ShownHostKey(Consumer<SftpServerConfig.Builder> settings, String origin) {

    /** As OpenSSH's server calls it. */
    private static final String FILE = "ssh_host_ed25519_key";

    static ShownHostKey of(ServeOptions options) {
        options.hostCertificates.forEach(file -> requireReadable(options, "--host-certificate", file));
        ShownHostKey key = key(options);
        return new ShownHostKey(
                key.settings().andThen(server -> options.hostCertificates.forEach(server::hostCertificateFile)),
                key.origin());
    }

    private static void requireReadable(ServeOptions options, String name, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw options.wrong(name + ": " + file + ": is no file that this user can read");
        }
    }

    private static ShownHostKey key(ServeOptions options) {
        if (options.hostKeys.isEmpty()) {
            return kept(options);
        }
        options.hostKeys.forEach(file -> requireReadable(options, "--host-key", file));
        return new ShownHostKey(
                server -> options.hostKeys.forEach(server::hostKeyFile), "from " + options.hostKeys.get(0));
    }

    private static ShownHostKey kept(ServeOptions options) {
        Path folder = StateFolder.of(options);
        try {
            StateFolder.create(folder);
        } catch (IOException e) {
            if (options.state != null) {
                throw options.wrong("--state: " + Failures.describe(e));
            }
            return passing(Failures.describe(e));
        }
        Path file = folder.resolve(FILE).toAbsolutePath().normalize();
        if (!Files.exists(file) && !Files.isWritable(folder) && options.state == null) {
            return passing(folder + ": this user has no right to it");
        }
        return new ShownHostKey(
                server -> server.hostKeyFile(file), "made here and kept in " + file + "; --host-key shows your own");
    }

    /** Not everybody has a home to write to, and whoever did not ask for it to be kept need not. */
    private static ShownHostKey passing(String why) {
        return new ShownHostKey(
                server -> {
                    try {
                        server.hostKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "new at each start, as it cannot be kept: " + why + "; --state names another folder");
    }
}
