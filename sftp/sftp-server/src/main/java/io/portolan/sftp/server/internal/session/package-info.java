/** One connection, from the first octet to the last. Start with {@code SftpSession}, and {@code SshPipeline} for the order of the handlers. */
@NullMarked
package io.portolan.sftp.server.internal.session;

import org.jspecify.annotations.NullMarked;
