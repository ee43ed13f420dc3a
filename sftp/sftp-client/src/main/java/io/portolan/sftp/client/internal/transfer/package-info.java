/** Content on its way: start with {@link io.portolan.sftp.client.internal.transfer.DownloadTask} and {@link io.portolan.sftp.client.internal.transfer.UploadTask}. */
@NullMarked
package io.portolan.sftp.client.internal.transfer;

import org.jspecify.annotations.NullMarked;
