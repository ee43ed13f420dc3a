/**
 * Which ports an endpoint needs, for whoever keeps the firewall, and what bites in practice.
 *
 * <p>Start with {@link io.portolan.ports.PortPlan}, which an endpoint gives before it binds and while it runs; {@link io.portolan.ports.PortPlanner} is what makes
 * one. Only JDK types appear here.
 */
@NullMarked
package io.portolan.ports;

import org.jspecify.annotations.NullMarked;
