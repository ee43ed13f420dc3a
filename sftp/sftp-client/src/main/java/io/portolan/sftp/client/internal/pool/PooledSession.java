package io.portolan.sftp.client.internal.pool;

import io.portolan.sftp.client.internal.session.ClientSession;

/**
 * A session of a pool.
 *
 * @param connection what its channel is on, beside others
 * @param session the session, for the one who has it now
 */
public record PooledSession(SharedConnection connection, ClientSession session) {}
