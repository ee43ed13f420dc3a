package io.portolan.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a client program, and the folder that it works in. */
public abstract class PeerTest {

    /** What this test may write to. */
    @TempDir
    protected Path folder;

    /** Where the program runs. */
    protected Path local;

    @BeforeEach
    public final void makeLocalFolder() throws IOException {
        local = Files.createDirectory(folder.resolve("local"));
    }

    /** A program that runs here; see {@link Peer#find}. */
    protected final Peer find(String program) throws IOException {
        return Peer.find(program, local);
    }

    /** Python itself: what is found by that name may be a starter script. */
    protected final Peer findPython() throws Exception {
        return find("python3").behind("-c", "import sys; print(sys.executable)");
    }

    /** Makes a file of the program's with so many bytes, and returns them. */
    protected final byte[] localFile(String name, int size) throws IOException {
        return localFile(name, Payload.bytes(size));
    }

    protected final byte[] localFile(String name, byte[] bytes) throws IOException {
        Files.write(local.resolve(name), bytes);
        return bytes;
    }

    protected final byte[] localBytes(String name) throws IOException {
        return Files.readAllBytes(local.resolve(name));
    }
}
