/**
 * What all of SSH is written in: the data types of RFC 4251 section 5, the numbers of messages and of reasons to disconnect. Start with
 * {@link io.portolan.ssh.internal.wire.SshReader} and {@link io.portolan.ssh.internal.wire.SshWriter}.
 */
@NullMarked
package io.portolan.ssh.internal.wire;

import org.jspecify.annotations.NullMarked;
