/** Control connections by the thousand, from one thread. Start with {@link io.portolan.examples.benchmarks.load.Crowd}. */
@NullMarked
package io.portolan.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
