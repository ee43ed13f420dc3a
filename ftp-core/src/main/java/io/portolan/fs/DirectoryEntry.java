package io.portolan.fs;

import java.util.Objects;

/**
 * One name in a directory, with what is known of it.
 *
 * @param name the name: one segment, for which {@link VirtualPath#isValidName} holds
 * @param info what is there; a symbolic link is described itself
 */
public record DirectoryEntry(String name, FileInfo info) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the name is not one path segment
     */
    public DirectoryEntry {
        Objects.requireNonNull(info, "info");
        if (!VirtualPath.isValidName(name)) {
            throw new IllegalArgumentException("not the name of one file");
        }
    }
}
