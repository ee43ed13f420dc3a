/**
 * What a channel has open: files over stores of any kind, and directories. {@link io.portolan.sftp.server.internal.handle.FileOpener} chooses how a file is read
 * and written, {@link io.portolan.sftp.server.internal.handle.FileHandle} is what the peer's handle stands for.
 */
@NullMarked
package io.portolan.sftp.server.internal.handle;

import org.jspecify.annotations.NullMarked;
