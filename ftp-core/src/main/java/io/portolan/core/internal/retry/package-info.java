/** What breaks is tried again, and goes on where it was, whatever the protocol. Start with {@link io.portolan.core.internal.retry.Retry}. */
@NullMarked
package io.portolan.core.internal.retry;

import org.jspecify.annotations.NullMarked;
