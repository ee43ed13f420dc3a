/** What breaks is tried again, and goes on where it was. Start with {@link io.portolan.ftp.client.internal.retry.DownloadAttempt} and {@link io.portolan.ftp.client.internal.retry.UploadAttempt}. */
@NullMarked
package io.portolan.ftp.client.internal.retry;

import org.jspecify.annotations.NullMarked;
