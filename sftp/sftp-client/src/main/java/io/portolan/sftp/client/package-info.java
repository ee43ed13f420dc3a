/**
 * To be an SFTP client. Start with {@code SftpClient}.
 */
@NullMarked
package io.portolan.sftp.client;

import org.jspecify.annotations.NullMarked;
