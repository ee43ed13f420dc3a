/**
 * What clients move: where the content of a file comes from and goes to, the same for FTP and SFTP.
 *
 * <p>Start with {@link io.portolan.transfer.TransferSource}, which an upload reads, and {@link io.portolan.transfer.TransferSink}, which a download writes. Whatever may
 * block, blocks a worker thread, never an event loop. Failures of both clients are {@link io.portolan.transfer.FileTransferException}s.
 */
@NullMarked
package io.portolan.transfer;

import org.jspecify.annotations.NullMarked;
