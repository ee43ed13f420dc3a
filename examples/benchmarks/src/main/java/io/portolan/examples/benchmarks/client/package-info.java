/** FTP clients that are measured: Portolan and others, each in a process of its own. Start with {@link io.portolan.examples.benchmarks.client.Task}, which is what they are given to do. */
@NullMarked
package io.portolan.examples.benchmarks.client;

import org.jspecify.annotations.NullMarked;
