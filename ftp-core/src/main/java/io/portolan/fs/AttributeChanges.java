package io.portolan.fs;

import java.io.IOException;
import java.util.Set;

/** Capability: a file's times, permissions or owner can be set (FTP's MFMT, MFCT, MFF, SITE CHMOD; SFTP's SETSTAT). */
public interface AttributeChanges {

    /** What can be set. */
    enum Attribute {
        /** When the content last changed. */
        MODIFIED,
        /** When it was last read. */
        ACCESSED,
        /** When it was made. */
        CREATED,
        /** The POSIX permission bits. */
        PERMISSIONS,
        /** The owner, by name or number. */
        OWNER,
        /** The group, by name or number. */
        GROUP
    }

    /**
     * What this file system can set.
     *
     * @return the attributes
     */
    Set<Attribute> settable();

    /**
     * Sets attributes.
     *
     * @param path the file's path
     * @param change what to set
     * @param links whether a symbolic link is followed or changed itself
     * @throws OperationNotSupportedException if one of them is not among {@link #settable()}; nothing is changed then
     * @throws IOException if they cannot be set
     */
    void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException;
}
