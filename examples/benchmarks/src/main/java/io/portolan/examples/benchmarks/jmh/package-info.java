/** What single parts cost: codecs, listings, the hop to the worker lane. Run them with {@code run.sh jmh}. */
@NullMarked
package io.portolan.examples.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
