/** Compression of payloads, between the packets and the transport (RFC 4253 section 6.2). */
@NullMarked
package io.portolan.ssh.internal.compress;

import org.jspecify.annotations.NullMarked;
