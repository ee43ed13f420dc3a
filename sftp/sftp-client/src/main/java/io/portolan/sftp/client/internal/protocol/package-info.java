/**
 * SFTP as a client speaks it, over a channel of SSH. {@link io.portolan.sftp.client.internal.protocol.SftpConnection} sends requests and gives each its reply,
 * {@link io.portolan.sftp.client.internal.protocol.SftpRequests} makes those that have one reply.
 */
@NullMarked
package io.portolan.sftp.client.internal.protocol;

import org.jspecify.annotations.NullMarked;
