/**
 * How Portolan talks to the network: which of Netty's transports, on whose threads.
 *
 * <p>Start with {@link io.portolan.transport.TransportOptions}; its defaults suit most. {@link io.portolan.transport.TransportKind} names the transports. This is
 * the only package of the public API in which types of Netty appear.
 */
@NullMarked
package io.portolan.transport;

import org.jspecify.annotations.NullMarked;
