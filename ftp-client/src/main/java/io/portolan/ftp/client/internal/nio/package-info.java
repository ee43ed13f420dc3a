/** The FTP client as a file system of Java's: start with {@link io.portolan.ftp.client.internal.nio.FtpFiles}. */
@NullMarked
package io.portolan.ftp.client.internal.nio;

import org.jspecify.annotations.NullMarked;
