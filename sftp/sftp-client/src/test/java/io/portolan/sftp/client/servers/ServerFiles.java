package io.portolan.sftp.client.servers;

import io.portolan.sftp.client.testing.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server is given: a folder of its own with keys and settings, and the folder that users write to.
 *
 * @param scratch for settings
 * @param root the folder that users write to
 * @param hostKeys of each type that everybody has
 * @param userKey with which users log in
 */
record ServerFiles(Path scratch, Path root, List<Path> hostKeys, Path userKey) implements AutoCloseable {

    private static final String AUTHORITY = "authority";

    static ServerFiles create() throws Exception {
        // not below a folder that only we can enter: some serve as another user
        Path scratch = Files.createTempDirectory("portolan-sftp-server");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path root = Files.createDirectory(scratch.resolve("root"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        SshKeys keys = new SshKeys(scratch);
        List<Path> hosts = List.of(
                keys.key("host-ed25519", "ed25519"),
                keys.key("host-ecdsa-256", "ecdsa"),
                keys.key("host-ecdsa-384", "ecdsa", "", "-b", "384"),
                keys.key("host-ecdsa-521", "ecdsa", "", "-b", "521"),
                // not every server reads what is newer
                keys.key("host-rsa", "rsa", "", "-m", "PEM"));
        return new ServerFiles(scratch, root, hosts, keys.key("user", "ed25519"));
    }

    /** Certificates of the host keys, where servers look for them that look for them: beside the keys. */
    List<Path> certify() throws Exception {
        SshKeys keys = new SshKeys(scratch);
        Path authority = keys.key(AUTHORITY, "ed25519");
        List<Path> certificates = new ArrayList<>();
        for (Path key : hostKeys) {
            certificates.add(keys.certify(key, authority, "-h", "-n", "127.0.0.1"));
        }
        return certificates;
    }

    /** The line of known_hosts for whose certificates they are; empty if there are none. */
    String knownAuthority(int port) throws IOException {
        Path authority = scratch.resolve(AUTHORITY);
        return Files.exists(authority)
                ? "@cert-authority [127.0.0.1]:" + port + " " + SshKeys.publicHalf(authority) + "\n"
                : "";
    }

    String publicUserKey() throws IOException {
        return SshKeys.publicHalf(userKey);
    }

    /** Lines of known_hosts, for the keys that a server has. */
    static String known(int port, List<Path> hostKeys) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path key : hostKeys) {
            lines.add("[127.0.0.1]:" + port + " " + SshKeys.publicHalf(key) + "\n");
        }
        return String.join("", lines);
    }

    Path write(String name, String content) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
