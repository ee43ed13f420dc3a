/** What a pool does with sessions: {@link io.portolan.sftp.client.internal.pool.SessionConnector} puts several of them on each connection. */
@NullMarked
package io.portolan.sftp.client.internal.pool;

import org.jspecify.annotations.NullMarked;
