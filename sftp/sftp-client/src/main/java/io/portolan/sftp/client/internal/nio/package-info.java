/** The SFTP client as a file system of Java's: start with {@link io.portolan.sftp.client.internal.nio.SftpFiles}. */
@NullMarked
package io.portolan.sftp.client.internal.nio;

import org.jspecify.annotations.NullMarked;
