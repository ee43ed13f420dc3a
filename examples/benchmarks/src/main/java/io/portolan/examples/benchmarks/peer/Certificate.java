package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The key and the certificate that all servers have, made by openssl: RSA with 2,048 bits, which each of them takes.
 *
 * @param chain the certificate as PEM
 * @param key the key as PEM
 * @param both the two in one file
 * @param keyStore the two as PKCS#12, with {@link #PASSWORD}
 */
public record Certificate(Path chain, Path key, Path both, Path keyStore) {

    static final String PASSWORD = "benchmark";

    /** Makes one in an empty folder. */
    public static Certificate create(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Certificate made = new Certificate(
                folder.resolve("chain.pem"),
                folder.resolve("key.pem"),
                folder.resolve("both.pem"),
                folder.resolve("both.p12"));
        openssl(
                folder,
                List.of("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
                List.of("-keyout", made.key.toString(), "-out", made.chain.toString()));
        Files.writeString(made.both, Files.readString(made.key) + Files.readString(made.chain));
        openssl(
                folder,
                List.of("pkcs12", "-export", "-inkey", made.key.toString(), "-in", made.chain.toString()),
                List.of("-passout", "pass:" + PASSWORD, "-out", made.keyStore.toString()));
        return made;
    }

    private static void openssl(Path folder, List<String> what, List<String> files)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(what);
        command.addAll(files);
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("openssl failed: " + Files.readString(log));
        }
    }
}
