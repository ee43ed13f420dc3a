package io.portolan.fs.nio;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;

/** Turns the attributes of {@link java.nio.file} into a {@link FileInfo}. */
final class Attributes {

    private Attributes() {}

    static FileType type(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return FileType.FILE;
        }
        if (attributes.isDirectory()) {
            return FileType.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? FileType.SYMBOLIC_LINK : FileType.OTHER;
    }

    /** Everything that is known without asking the store once more, and without looking up names of users, which costs many times a stat. */
    static FileInfo.Builder describe(BasicFileAttributes attributes) {
        FileInfo.Builder info = FileInfo.builder(type(attributes))
                .size(Math.max(0, attributes.size()))
                .modified(attributes.lastModifiedTime().toInstant())
                .accessed(attributes.lastAccessTime().toInstant())
                .fileKey(attributes.fileKey());
        if (attributes instanceof PosixFileAttributes posix) {
            info.permissions(posix.permissions());
        }
        return info;
    }
}
