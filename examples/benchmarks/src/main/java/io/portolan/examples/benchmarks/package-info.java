/**
 * Portolan and other servers side by side, on this machine and over the loopback interface. Start with {@link io.portolan.examples.benchmarks.SideBySide}.
 *
 * <p>Figures of one machine say little about another: what counts are the ratios of one run.
 */
@NullMarked
package io.portolan.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
