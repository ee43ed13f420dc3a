/** Whole directories: start with {@link io.portolan.sftp.client.internal.tree.SftpTree}, which mirrors use. */
@NullMarked
package io.portolan.sftp.client.internal.tree;

import org.jspecify.annotations.NullMarked;
