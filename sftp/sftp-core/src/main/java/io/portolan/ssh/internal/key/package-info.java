/**
 * Keys of hosts and users: what they look like on the wire and in files, and their signatures. Start with
 * {@link io.portolan.ssh.internal.key.SshPublicKey} and {@link io.portolan.ssh.internal.key.SshKeyPair}.
 */
@NullMarked
package io.portolan.ssh.internal.key;

import org.jspecify.annotations.NullMarked;
