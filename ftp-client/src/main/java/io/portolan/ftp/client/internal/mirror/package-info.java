/** A server's files as one side of a mirror. Start with {@link io.portolan.ftp.client.internal.mirror.FtpTree}. */
@NullMarked
package io.portolan.ftp.client.internal.mirror;

import org.jspecify.annotations.NullMarked;
