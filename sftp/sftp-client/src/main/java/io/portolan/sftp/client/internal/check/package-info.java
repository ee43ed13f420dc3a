/** Finds out why an SFTP server cannot be used. Start with {@link io.portolan.sftp.client.internal.check.SftpCheck}, which has the steps. */
@NullMarked
package io.portolan.sftp.client.internal.check;

import org.jspecify.annotations.NullMarked;
