/** From an address to a connection that is logged in, with jump hosts and proxies in between. Start with {@link io.portolan.sftp.client.internal.connect.ClientContext} and {@link io.portolan.sftp.client.internal.connect.SshClientConnection}. */
@NullMarked
package io.portolan.sftp.client.internal.connect;

import org.jspecify.annotations.NullMarked;
