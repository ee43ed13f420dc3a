/** The servers that are compared, each as a process of its own. Start with {@link io.portolan.examples.benchmarks.peer.Peer}. */
@NullMarked
package io.portolan.examples.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
