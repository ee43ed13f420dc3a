/** The client with the servers of others. Start with {@link io.portolan.sftp.client.servers.ForeignServer} and {@link io.portolan.sftp.client.servers.ForeignServerCase}. */
@NullMarked
package io.portolan.sftp.client.servers;

import org.jspecify.annotations.NullMarked;
