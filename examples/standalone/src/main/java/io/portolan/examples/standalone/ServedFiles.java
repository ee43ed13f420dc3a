package io.portolan.examples.standalone;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is served. */
final class ServedFiles {

    private ServedFiles() {}

    static VirtualFileSystem open(ServeOptions options) throws IOException {
        VirtualFileSystem files = options.inMemory ? inMemory(options) : onDisk(options);
        return options.write ? files : FileSystems.readOnly(files);
    }

    /** What the first screen calls it. */
    static String describe(ServeOptions options) {
        String place;
        if (options.folder == null) {
            place = "an empty folder in memory";
        } else {
            place = options.folder.toAbsolutePath().normalize() + (options.inMemory ? ", a copy in memory" : "");
        }
        return place + (options.write ? " (changes allowed)" : " (read-only; --write allows changes)");
    }

    private static VirtualFileSystem onDisk(ServeOptions options) throws IOException {
        if (options.folder == null) {
            throw options.wrong("which folder? portolan serve DIR, or --in-memory for none");
        }
        return PathFileSystem.of(folder(options, options.folder));
    }

    private static VirtualFileSystem inMemory(ServeOptions options) throws IOException {
        InMemoryFileSystem memory = InMemoryFileSystem.builder()
                .maxBytes(Runtime.getRuntime().maxMemory() / 2)
                .build();
        if (options.folder != null) {
            try (VirtualFileSystem disk = PathFileSystem.of(folder(options, options.folder))) {
                TreeCopy.copy(disk, memory);
            }
        }
        return memory;
    }

    private static Path folder(ServeOptions options, Path folder) {
        if (!Files.exists(folder)) {
            throw options.wrong(folder + ": there is no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw options.wrong(folder + ": is not a folder");
        }
        if (!Files.isReadable(folder)) {
            throw options.wrong(folder + ": may not be read by this user");
        }
        return folder;
    }
}
