/**
 * Ports for data connections. {@link io.portolan.ftp.server.internal.port.PassivePortAllocator} leases listening ports to sessions in passive
 * mode, {@link io.portolan.ftp.server.internal.port.ActiveConnector} calls clients back in active mode.
 */
@NullMarked
package io.portolan.ftp.server.internal.port;

import org.jspecify.annotations.NullMarked;
