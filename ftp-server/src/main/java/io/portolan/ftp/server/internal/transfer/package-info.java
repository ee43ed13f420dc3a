/**
 * Moving a file over a data connection: opening it, waiting for the connection, pumping, publishing, and the one outcome that all of it comes to. Start with
 * {@code Transfer}.
 *
 * <p>A transfer belongs to the event loop of its session, on which its data connection is registered too. Files are touched on the session's
 * {@link io.portolan.core.internal.concurrent.WorkerLane} only.
 */
@NullMarked
package io.portolan.ftp.server.internal.transfer;

import org.jspecify.annotations.NullMarked;
