/**
 * The file-system SPI: what Portolan serves files from, the same for FTP, FTPS and SFTP.
 *
 * <p>Start with {@link io.portolan.fs.VirtualFileSystem}, which is what one implements, and {@link io.portolan.fs.VirtualPath}, which is
 * what it is given. {@link io.portolan.fs.nio.PathFileSystem} serves a folder, {@link io.portolan.fs.InMemoryFileSystem} a tree in the heap, and
 * the static methods of {@link io.portolan.fs.FileSystems} wrap one file system into another: read-only, rooted, mounted, observed, with a quota.
 *
 * <p><b>Threading.</b> The SPI is blocking and is called on worker threads, never on an event loop. An open file is used by one thread at a time, a
 * file system possibly by several. Only JDK types appear here.
 *
 * <p><b>Errors.</b> The exceptions of {@link java.nio.file} are the vocabulary: {@link java.nio.file.NoSuchFileException},
 * {@link java.nio.file.FileAlreadyExistsException}, {@link java.nio.file.AccessDeniedException}, {@link java.nio.file.NotDirectoryException},
 * {@link java.nio.file.DirectoryNotEmptyException}; to them come {@link io.portolan.fs.QuotaExceededException},
 * {@link io.portolan.fs.NotAFileException} and {@link io.portolan.fs.OperationNotSupportedException}. The message of such an exception goes into
 * the log; of it the peer is told only what its class says.
 */
@NullMarked
package io.portolan.fs;

import org.jspecify.annotations.NullMarked;
