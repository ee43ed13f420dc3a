package io.portolan.ftp.server.internal.transfer;

import java.nio.ByteBuffer;

/**
 * The first bytes of a download, read in the same task that opened it: for a small file or listing that is all, and one hop between threads is saved.
 *
 * @param bytes the bytes, on the heap, since they are read on a worker
 * @param whole whether there are no more
 */
record Head(ByteBuffer bytes, boolean whole) {}
