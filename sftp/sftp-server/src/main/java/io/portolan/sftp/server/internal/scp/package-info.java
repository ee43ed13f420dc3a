/**
 * The protocol of the old {@code scp} program, for clients that do not speak SFTP yet. It has no specification but what rcp did in 1983.
 * {@link io.portolan.sftp.server.internal.scp.ScpCommand} is what a client may ask for, {@link io.portolan.sftp.server.internal.scp.ScpProgram} does it in a channel.
 */
@NullMarked
package io.portolan.sftp.server.internal.scp;

import org.jspecify.annotations.NullMarked;
