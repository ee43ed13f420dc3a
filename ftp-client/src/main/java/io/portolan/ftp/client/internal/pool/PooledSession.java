package io.portolan.ftp.client.internal.pool;

import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.Optional;

/**
 * A session of a pool.
 *
 * @param session the session, for the one who has it now
 * @param home where its login has led to; empty if the server does not say
 */
public record PooledSession(ClientSession session, Optional<String> home) {}
