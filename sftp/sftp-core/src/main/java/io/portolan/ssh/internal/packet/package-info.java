/**
 * SSH's binary packets (RFC 4253, section 6): {@link io.portolan.ssh.internal.packet.SshPacketDecoder} and {@link io.portolan.ssh.internal.packet.SshPacketEncoder}
 * turn octets into payloads and back, each with one {@link io.portolan.ssh.internal.packet.PacketCipher}, which is changed at NEWKEYS.
 */
@NullMarked
package io.portolan.ssh.internal.packet;

import org.jspecify.annotations.NullMarked;
