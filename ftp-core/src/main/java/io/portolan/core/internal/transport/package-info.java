/**
 * The threads of one endpoint and its transport. Every call to Netty is made on threads that were created here and that have ended before the endpoint is said to have
 * stopped; otherwise a class loader leaks when an application is redeployed. Start with
 * {@link io.portolan.core.internal.transport.TransportRuntime}.
 */
@NullMarked
package io.portolan.core.internal.transport;

import org.jspecify.annotations.NullMarked;
