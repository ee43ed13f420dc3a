/**
 * An SFTP server to embed. Start with {@link io.portolan.sftp.server.SftpServer} and {@link io.portolan.sftp.server.SftpServerConfig.Builder}. Only JDK types
 * appear here, and Portolan's.
 */
@NullMarked
package io.portolan.sftp.server;

import org.jspecify.annotations.NullMarked;
