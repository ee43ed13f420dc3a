/** Clients of our own: control connections by the thousand ({@link io.portolan.examples.benchmarks.load.Crowd}), and TLS ({@link io.portolan.examples.benchmarks.load.TlsVisitor}). */
@NullMarked
package io.portolan.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
