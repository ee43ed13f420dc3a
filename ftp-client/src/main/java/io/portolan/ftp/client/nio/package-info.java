/**
 * A server's files by {@code java.nio.file}: start with {@link io.portolan.ftp.client.nio.FtpFileSystem}, or with {@link java.nio.file.FileSystems#newFileSystem(java.net.URI, java.util.Map)} and an address of {@code ftp}, {@code ftpes} or
 * {@code ftps}. Whoever needs none of it may leave it out of sight: nothing else here knows of it.
 */
@NullMarked
package io.portolan.ftp.client.nio;

import org.jspecify.annotations.NullMarked;
