/** Data connections: who connects to whom, and what stands in their pipelines. Start with {@link io.portolan.ftp.client.internal.data.DataConnector}. */
@NullMarked
package io.portolan.ftp.client.internal.data;

import org.jspecify.annotations.NullMarked;
