package io.portolan.core.internal.security;

import java.util.concurrent.Executor;

/**
 * The threads of a server that a mechanism may use beside the event loops. They have ended before the server is said to have stopped.
 *
 * @param house one thread for what must be done on a thread of ours and may take a moment, such as to make a context of TLS
 * @param workers threads that may block
 */
public record SecurityThreads(Executor house, Executor workers) {}
