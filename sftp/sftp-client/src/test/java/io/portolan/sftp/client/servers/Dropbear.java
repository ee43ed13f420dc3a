package io.portolan.sftp.client.servers;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Dropbear with OpenSSH's sftp-server. It takes keys from the user's home and nowhere else: nss_wrapper gives whoever runs the test another home, and a password. */
final class Dropbear {

    private static final String PROGRAM = "/usr/sbin/dropbear";

    /** Where Debian's looks for it. */
    private static final String SFTP_SERVER = "/usr/lib/sftp-server";

    private static final String WRAPPER = "libnss_wrapper.so";

    private Dropbear() {}

    static ForeignServer start() throws Exception {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            throw Peer.missing("dropbear");
        }
        if (!Files.isExecutable(Path.of(SFTP_SERVER))) {
            throw Peer.missing("sftp-server");
        }
        Path wrapper = wrapper();
        ServerFiles files = ServerFiles.create();
        int port = FreePorts.inARow(1);
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-F", "-E", "-m", "-p", "127.0.0.1:" + port));
        // it refuses to start with more
        List<Path> hosts = files.hostKeys().stream()
                .filter(host -> !host.endsWith("host-ecdsa-521"))
                .toList();
        for (Path host : hosts) {
            String key =
                    files.scratch().resolve("dropbear-" + host.getFileName()).toString();
            Peer.find("dropbearconvert", files.scratch())
                    .run("openssh", "dropbear", host.toString(), key)
                    .succeeded();
            command.addAll(List.of("-r", key));
        }
        String user = System.getProperty("user.name");
        Path home = Files.createDirectory(files.scratch().resolve("user-home"), owner());
        Path settings = Files.createDirectory(home.resolve(".ssh"), owner());
        Files.writeString(settings.resolve("authorized_keys"), files.publicUserKey() + "\n");
        Files.setPosixFilePermissions(
                settings.resolve("authorized_keys"), PosixFilePermissions.fromString("rw-------"));
        Object number = Files.getAttribute(home, "unix:uid");
        Object group = Files.getAttribute(home, "unix:gid");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LD_PRELOAD", wrapper.toString());
        builder.environment()
                .put(
                        "NSS_WRAPPER_PASSWD",
                        files.write("passwd", "%s:x:%s:%s::%s:/bin/sh%n".formatted(user, number, group, home))
                                .toString());
        builder.environment()
                .put(
                        "NSS_WRAPPER_GROUP",
                        files.write("group", "%s:x:%s:%n".formatted(user, group))
                                .toString());
        builder.environment()
                .put(
                        "NSS_WRAPPER_SHADOW",
                        files.write("shadow", "%s:%s:19000:0:99999:7:::%n".formatted(user, Proftpd.HASH))
                                .toString());
        return ServerProcess.start(files, port, user, files.root().toString(), builder);
    }

    private static FileAttribute<?> owner() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    private static Path wrapper() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return Stream.concat(folders, Stream.of(Path.of("/usr/lib64")))
                    .map(folder -> folder.resolve(WRAPPER))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> Peer.missing("libnss-wrapper"));
        }
    }
}
