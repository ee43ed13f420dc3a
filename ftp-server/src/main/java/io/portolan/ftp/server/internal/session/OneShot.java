package io.portolan.ftp.server.internal.session;

import io.portolan.fs.VirtualPath;
import org.jspecify.annotations.Nullable;

/**
 * What a command says for the next one only: REST's and RANG's marks, RNFR's path. The session forgets it when the next command has begun, unless that
 * one only prepares the transfer (PASV, PORT, TYPE and the like), which passes the marks on.
 *
 * @param offset REST's mark in bytes, or 0
 * @param end the last byte that RANG asked for, or -1
 * @param renameFrom RNFR's path
 */
public record OneShot(long offset, long end, @Nullable VirtualPath renameFrom) {

    static final OneShot NOTHING = new OneShot(0, -1, null);

    public static OneShot restart(long offset) {
        return new OneShot(offset, -1, null);
    }

    public static OneShot range(long from, long to) {
        return new OneShot(from, to, null);
    }

    public static OneShot rename(VirtualPath from) {
        return new OneShot(0, -1, from);
    }

    public boolean hasRange() {
        return end >= 0;
    }

    /** How many bytes RANG asked for; without RANG, all. */
    public long length() {
        return hasRange() && (offset > 0 || end < Long.MAX_VALUE) ? end - offset + 1 : Long.MAX_VALUE;
    }

    /** What a command that only prepares a transfer passes on: RNTO must follow RNFR immediately (RFC 959 §4.1.3). */
    OneShot withoutRename() {
        return renameFrom == null ? this : NOTHING;
    }
}
