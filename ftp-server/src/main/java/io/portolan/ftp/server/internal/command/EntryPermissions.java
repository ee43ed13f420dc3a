package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.listing.FactsFormat;
import io.portolan.fs.AppendSupport;
import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualFileSystem;

/**
 * The {@code perm} fact (RFC 3659 §7.5.5): what the user may do with an entry, as far as it can be told without trying. What the file system cannot do at
 * all is left out, and what the permission bits grant to nobody.
 */
final class EntryPermissions implements FactsFormat.Permissions {

    private static final int ANY_READ = 0444;
    private static final int ANY_WRITE = 0222;

    private final boolean writable;
    private final boolean appendable;

    private EntryPermissions(boolean writable, boolean appendable) {
        this.writable = writable;
        this.appendable = appendable;
    }

    /** Asks a file system; on the lane. */
    static EntryPermissions of(VirtualFileSystem files) {
        return new EntryPermissions(
                !files.isReadOnly(), files.capability(AppendSupport.class).isPresent());
    }

    @Override
    public String of(String name, FileInfo info) {
        boolean read = grants(info, ANY_READ);
        boolean write = writable && grants(info, ANY_WRITE);
        StringBuilder letters = new StringBuilder(8);
        switch (info.type()) {
            case DIRECTORY -> {
                // c: files may be made in it, m: directories, p: what is in it may be deleted
                append(letters, write, "c");
                append(letters, writable, "d");
                append(letters, true, "e");
                append(letters, writable, "f");
                append(letters, read, "l");
                append(letters, write, "mp");
            }
            case FILE -> {
                append(letters, write && appendable, "a");
                append(letters, writable, "df");
                append(letters, read, "r");
                append(letters, write, "w");
            }
            case SYMBOLIC_LINK, OTHER -> append(letters, writable, "df");
        }
        return letters.toString();
    }

    private static boolean grants(FileInfo info, int bits) {
        return info.permissionBits().isEmpty() || (info.permissionBits().getAsInt() & bits) != 0;
    }

    private static void append(StringBuilder letters, boolean applies, String which) {
        if (applies) {
            letters.append(which);
        }
    }
}
