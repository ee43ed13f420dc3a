/** What the kernel tells about processes. */
@NullMarked
package io.portolan.examples.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
