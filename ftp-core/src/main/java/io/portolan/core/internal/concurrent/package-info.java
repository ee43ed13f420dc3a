/** Order among tasks that block. Start with {@link io.portolan.core.internal.concurrent.WorkerLane}. */
@NullMarked
package io.portolan.core.internal.concurrent;

import org.jspecify.annotations.NullMarked;
