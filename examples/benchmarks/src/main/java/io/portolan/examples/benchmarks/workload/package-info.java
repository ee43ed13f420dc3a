/** What the servers are made to do. Start with {@link io.portolan.examples.benchmarks.workload.Workload}. */
@NullMarked
package io.portolan.examples.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
