/** Order among tasks that block, and what their results go through. Start with {@link io.portolan.core.internal.concurrent.WorkerLane} and {@link io.portolan.core.internal.concurrent.Delivery}. */
@NullMarked
package io.portolan.core.internal.concurrent;

import org.jspecify.annotations.NullMarked;
