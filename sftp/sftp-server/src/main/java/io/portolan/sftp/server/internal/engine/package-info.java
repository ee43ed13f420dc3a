/**
 * The engine of an SFTP channel: takes packets, decides what may run when, and sends the replies in the order of the requests.
 *
 * <p>To start with: {@link io.portolan.sftp.server.internal.engine.SftpEngine}, which is what runs in the channel, and
 * {@link io.portolan.sftp.server.internal.engine.RequestHandler}, one for each kind of request.
 *
 * <p><b>Threads.</b> All but the methods that say otherwise are called on the connection's event loop. Files are touched only by
 * {@link io.portolan.sftp.server.internal.engine.Operation#work}, on a lane of workers, and no buffer of Netty's is touched there.
 */
@NullMarked
package io.portolan.sftp.server.internal.engine;

import org.jspecify.annotations.NullMarked;
