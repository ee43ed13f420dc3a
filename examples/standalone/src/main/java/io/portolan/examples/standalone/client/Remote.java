package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.nio.file.Path;

/** A server, whatever its protocol: all that the commands know of one. */
interface Remote extends AutoCloseable {

    /** Connects and logs in. */
    Connection connect() throws IOException;

    /** Makes a directory here like one on the server. */
    MirrorResult mirrorDown(String from, Path to, Mirroring how) throws IOException;

    /** Makes a directory on the server like one here. */
    MirrorResult mirrorUp(Path from, String to, Mirroring how) throws IOException;

    /** Fetches one file over several connections; it is there when it is whole. */
    long fetchInParts(String path, Path target, int connections, Check check) throws IOException;

    /** Whether one file can be sent over several connections. */
    boolean storesInParts();

    /** Sends one file over several connections; it is there when it is whole. */
    long storeInParts(Path source, String path, int connections, Check check) throws IOException;

    /** What a failure is. */
    Trouble explain(IOException failure);

    /** Ends all connections. */
    @Override
    void close();

    /** How to mirror. */
    record Mirroring(MirrorOptions options, MirrorListener listener, boolean dryRun) {}
}
