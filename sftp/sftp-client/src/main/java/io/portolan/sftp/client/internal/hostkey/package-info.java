/** Whom to trust: files of known_hosts, and what is decided by them (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Start with {@link io.portolan.sftp.client.internal.hostkey.KnownHosts} and {@link io.portolan.sftp.client.internal.hostkey.HostKeyJudge}. */
@NullMarked
package io.portolan.sftp.client.internal.hostkey;

import org.jspecify.annotations.NullMarked;
