/** What breaks is tried again, and goes on where it was. Start with {@link io.portolan.ftp.client.internal.retry.Retry}. */
@NullMarked
package io.portolan.ftp.client.internal.retry;

import org.jspecify.annotations.NullMarked;
