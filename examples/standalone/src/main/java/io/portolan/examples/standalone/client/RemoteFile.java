package io.portolan.examples.standalone.client;

import io.portolan.fs.FileType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a server tells of a file, directory or link, whatever the protocol.
 *
 * @param name one segment of a path
 * @param permissions the lower twelve bits of the mode
 */
record RemoteFile(
        String name,
        FileType type,
        OptionalLong size,
        Optional<Instant> modified,
        OptionalInt permissions,
        Optional<String> owner,
        Optional<String> group,
        Optional<String> linkTarget) {

    boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }
}
