/** Many files over several connections. Start with {@link io.portolan.ftp.client.internal.batch.Batch}. */
@NullMarked
package io.portolan.ftp.client.internal.batch;

import org.jspecify.annotations.NullMarked;
