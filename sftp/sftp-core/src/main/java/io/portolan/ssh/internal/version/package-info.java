/**
 * The identification strings at the beginning of an SSH connection (RFC 4253, section 4.2): {@link io.portolan.ssh.internal.version.SshVersionHandler} exchanges
 * them and tells of them by {@link io.portolan.ssh.internal.version.VersionsExchanged}.
 */
@NullMarked
package io.portolan.ssh.internal.version;

import org.jspecify.annotations.NullMarked;
