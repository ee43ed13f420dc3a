/**
 * What an SFTP server and a client share: framing, message numbers, status codes and attributes of the protocol's versions 3 to 6
 * (draft-ietf-secsh-filexfer-02 is version 3, -03 and -04 are 4, -05 is 5, -13 is 6).
 *
 * <p>{@link io.portolan.sftp.internal.SftpFramer} makes packets of octets: a packet is a buffer that begins with the message's number, read with
 * {@link io.portolan.ssh.internal.wire.SshReader}. A packet that is not what the drafts say is an {@link io.portolan.ssh.internal.wire.SshProtocolException}
 * if only one request is spoilt by it, and an {@link io.portolan.sftp.internal.SftpFramingException} if the whole channel is.
 */
@NullMarked
package io.portolan.sftp.internal;

import org.jspecify.annotations.NullMarked;
