package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What servers prove with who they are. Each is made when it is first wanted, so that a run without TLS needs no openssl and one without SSH no ssh-keygen. */
public final class Keys {

    private final Path folder;
    private @Nullable Certificate certificate;
    private @Nullable SshKeys ssh;

    /**
     * Nothing is made yet.
     *
     * @param folder where they shall be
     */
    public Keys(Path folder) {
        this.folder = folder;
    }

    /** For TLS. */
    public Certificate certificate() throws IOException, InterruptedException {
        Certificate made = certificate;
        if (made == null) {
            made = Certificate.create(folder.resolve("certificate"));
            certificate = made;
        }
        return made;
    }

    /** For SSH. */
    public SshKeys ssh() throws IOException, InterruptedException {
        SshKeys made = ssh;
        if (made == null) {
            made = SshKeys.create(folder.resolve("ssh"));
            ssh = made;
        }
        return made;
    }
}
