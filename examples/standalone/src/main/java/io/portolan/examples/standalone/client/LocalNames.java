package io.portolan.examples.standalone.client;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a server's names are here. */
final class LocalNames {

    private LocalNames() {}

    /** The file of that name in that directory, and nowhere else, whatever the system here makes of the name. */
    static Path in(Path directory, String name) throws TroubleException {
        try {
            Path file = Path.of(name);
            if (!name.isEmpty()
                    && !file.isAbsolute()
                    && file.getRoot() == null
                    && file.getNameCount() == 1
                    && file.toString().equals(name)
                    && !name.equals("..")
                    && !name.equals(".")) {
                return directory.resolve(file);
            }
        } catch (InvalidPathException e) {
            throw unusable();
        }
        throw unusable();
    }

    private static TroubleException unusable() {
        return Trouble.exception(ExitCode.FAILED, "its name is none for a file here; give one");
    }
}
