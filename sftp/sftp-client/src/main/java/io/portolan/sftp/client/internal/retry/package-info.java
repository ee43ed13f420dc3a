/** Transfers that take several attempts. Start with {@link io.portolan.sftp.client.internal.retry.DownloadAttempt} and {@link io.portolan.sftp.client.internal.retry.UploadAttempt}. */
@NullMarked
package io.portolan.sftp.client.internal.retry;

import org.jspecify.annotations.NullMarked;
