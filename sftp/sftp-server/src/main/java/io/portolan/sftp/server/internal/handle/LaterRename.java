package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.RenameMode;

/**
 * A RENAME of what is not published yet. All that are being written under the name share it, as they are one file to the client: the later replace what the first has
 * published. Safe to use from any thread.
 */
public final class LaterRename {

    private final RenameMode asked;
    private volatile boolean taken;

    /**
     * Remembers it.
     *
     * @param asked what it may do with a file that is at the new path by then
     * @param published whether what was published under the old name has been renamed already: then the new name is this file's
     */
    public LaterRename(RenameMode asked, boolean published) {
        this.asked = asked;
        this.taken = published;
    }

    /** What it does with a file that is at the new path. */
    RenameMode mode() {
        return taken ? RenameMode.REPLACE : asked;
    }

    /** Whether this file is published under the new name already, with other content. */
    boolean isTaken() {
        return taken;
    }

    /** It is published under the new name. */
    void taken() {
        taken = true;
    }
}
