/**
 * What a server tells of itself and of its sessions, the same for every protocol.
 *
 * <p>Start with {@link io.portolan.session.ServerHandle}, which is a running server, and {@link io.portolan.session.SessionListener}, which is told what
 * happens.
 */
@NullMarked
package io.portolan.session;

import org.jspecify.annotations.NullMarked;
