/** SSH's transport above the packets: key exchange and re-keying, the messages of the transport itself, and the end of a connection (RFC 4253 sections 7 to 11). */
@NullMarked
package io.portolan.ssh.internal.transport;

import org.jspecify.annotations.NullMarked;
