/**
 * Agreeing on algorithms and keys (RFC 4253 sections 7 and 8), without a connection: octets in, octets and secrets out. Start with
 * {@link io.portolan.ssh.internal.kex.KexInit} and {@link io.portolan.ssh.internal.kex.KexMethod}.
 *
 * <p>The methods compute for up to milliseconds, so they are called on workers and never on an event loop.
 */
@NullMarked
package io.portolan.ssh.internal.kex;

import org.jspecify.annotations.NullMarked;
