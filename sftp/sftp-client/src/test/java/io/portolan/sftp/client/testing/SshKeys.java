package io.portolan.sftp.client.testing;

import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates as ssh-keygen makes them, in a folder. */
public final class SshKeys {

    private final Path folder;

    public SshKeys(Path folder) {
        this.folder = folder;
    }

    /** A key without a passphrase. */
    public Path key(String name, String type) throws Exception {
        return key(name, type, "");
    }

    /** A key, with further options of ssh-keygen's. */
    public Path key(String name, String type, String passphrase, String... more) throws Exception {
        Path file = folder.resolve(name);
        List<String> arguments =
                new ArrayList<>(List.of("-q", "-t", type, "-N", passphrase, "-C", name, "-f", file.toString()));
        arguments.addAll(List.of(more));
        run(arguments);
        return file;
    }

    /** A certificate of a key, in the usual place beside it. */
    public Path certify(Path key, Path authority, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-q", "-s", authority.toString(), "-I", "a test"));
        arguments.addAll(List.of(options));
        arguments.add(key + ".pub");
        run(arguments);
        return Path.of(key + "-cert.pub");
    }

    /** The public half: type, blob, comment. */
    public static String publicHalf(Path key) throws IOException {
        return Files.readString(Path.of(key + ".pub")).strip();
    }

    public void run(List<String> arguments) throws Exception {
        Peer.find("ssh-keygen", folder).run(arguments.toArray(String[]::new)).succeeded();
    }
}
